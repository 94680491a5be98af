import { execFileSync } from 'node:child_process';
import type { Store } from '../../nodes/WhatsAppCloud/store/store';
import { openStore } from '../../nodes/WhatsAppCloud/store/open';
import { systemClock } from '../../nodes/WhatsAppCloud/time/system/systemClock';
import { startEngine, type Engine, type EngineProcess } from '../engine/harness';
import { messageWebhook, SimulatedN8n, type Begun } from '../engine/trigger/simulatedN8n';
import { UserFolder } from '../engine/trigger/store';
import { startPostgres, type PostgresServer } from '../postgres';
import { until } from '../until';

const secret = 'app secret of the tests';
const serverTimeoutMs = 120_000;

let messages = 0;

/** A message that Meta delivers as often as it has to. */
const nextMessage = () =>
	JSON.stringify(messageWebhook(`wamid.fault.${++messages}`, '491510000001', Date.now()));

/** Delivers a webhook to the trigger. */
const deliver = async (engine: Engine, body: string, state: Record<string, unknown>) =>
	await engine.replayWebhook({
		body,
		secret,
		parameters: { registration: 'manual' },
		credentials: {
			whatsAppCloudApi: {
				appSecret: secret,
				businessAccountId: '1',
				advancedSettings: true,
				...state,
			},
		},
	});

/** While the state is out of order, Meta is told to come again; then the message starts one execution. */
async function expectOnceAfter(
	engine: Engine,
	state: Record<string, unknown>,
	problem: RegExp,
	breakState: () => Promise<void>,
	mendState: () => Promise<void>,
): Promise<void> {
	const before = await deliver(engine, nextMessage(), state);
	expect(before).toMatchObject({ status: 200, outputs: [[{ json: { event: 'message' } }]] });

	const body = nextMessage();
	await breakState();
	try {
		for (const answer of await Promise.all([1, 2, 3].map(() => deliver(engine, body, state)))) {
			expect(answer).toMatchObject({ status: 500, body: 'Try again', outputs: [] });
			expect(answer.logs).toContainEqual(
				expect.objectContaining({ level: 'error', message: expect.stringMatching(problem) }),
			);
		}
	} finally {
		await mendState();
	}
	const answers = [];
	for (let time = 0; time < 3; time++) answers.push(await deliver(engine, body, state));
	expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
	const items = answers.flatMap(({ outputs }) => outputs?.flat() ?? []);
	expect(items).toHaveLength(1);
}

describe('SQLite', () => {
	const folder = new UserFolder();
	let engine: EngineProcess;

	beforeAll(async () => {
		engine = await startEngine({ env: { N8N_USER_FOLDER: folder.path } });
	}, serverTimeoutMs);
	afterAll(async () => await folder.remove());

	/** How large a file may become by what the process writes. */
	const limitFiles = async (bytes: string) => {
		execFileSync('prlimit', [`--pid=${engine.pid}`, `--fsize=${bytes}:unlimited`]);
		await Promise.resolve();
	};

	test('a full disk: 500 to Meta, then the message comes once', async () => {
		await expectOnceAfter(
			engine,
			{},
			/state cannot be written.*Make room/,
			async () => await limitFiles('1'),
			async () => await limitFiles('unlimited'),
		);
	});

	test('a locked file: 500 to Meta, then the message comes once', async () => {
		const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
		const database = new DatabaseSync(folder.stateFile);
		await expectOnceAfter(
			engine,
			{},
			/state cannot be written.*locked/,
			async () => {
				database.exec('BEGIN IMMEDIATE');
				await Promise.resolve();
			},
			async () => {
				database.close();
				await Promise.resolve();
			},
		);
	});
});

describe('PostgreSQL', () => {
	let server: PostgresServer;

	beforeAll(async () => {
		server = await startPostgres();
	}, serverTimeoutMs);
	afterAll(async () => await server.remove());

	test('stopped: 500 to Meta, then the message comes once', async () => {
		const { host, port, database, user, password } = server.connection;
		const state = {
			stateStore: 'postgres',
			postgresHost: host,
			postgresPort: port,
			postgresDatabase: database,
			postgresUser: user,
			postgresPassword: password,
		};
		await expectOnceAfter(
			await startEngine(),
			state,
			/state cannot be written/,
			async () => await server.stop(),
			async () => await server.start(),
		);
	});

	test('stopped while messages wait and begin: each begins once', async () => {
		const config = { engine: 'postgres', ...server.connection, tls: 'off' } as const;
		const store: Store = await openStore(config);
		const begun: Begun[] = [];
		const n8n = new SimulatedN8n(store, systemClock, begun, { beginMs: () => 100 });
		await n8n.publish('first');
		await n8n.publish('second');
		const ids = Array.from({ length: 100 }, (_, index) => `wamid.wait.${index}`);
		for (const [index, id] of ids.entries()) {
			await n8n.receive(messageWebhook(id, `49${index % 20}`, Date.now()));
		}
		await until('some have begun', () => begun.length > 20);
		await server.stop();
		// Otherwise nothing would be left that needs the database.
		expect(begun.length).toBeLessThan(2 * ids.length);
		await until('the loops say so', () => n8n.logs.length > 0);
		await server.start();
		await until('all have begun', () => begun.length >= 2 * ids.length, serverTimeoutMs);
		const waits = async () =>
			(await store.inbox.backlogs(['first', 'second'], Date.now())).some(
				({ waiting, claimed }) => waiting + claimed > 0,
			);
		await until('nothing waits', async () => !(await waits()), serverTimeoutMs);
		for (const trigger of ['first', 'second']) {
			const own = begun.filter((each) => each.trigger === trigger);
			const started = own.flatMap(({ items }) => items.map((item) => String(item['id'])));
			expect(started.sort()).toEqual([...ids].sort());
		}
		await n8n.stop();
		await store.close();
	}, 300_000);
});
