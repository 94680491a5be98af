import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { postgresFields, startPostgres, type PostgresServer } from '../postgres';
import { startEngine, useEngine, useSimulator, type Engine } from '../engine/harness';
import { accepted, credentials, itemsOf, withoutStatuses } from '../engine/node/account';

const simulator = useSimulator(withoutStatuses);
const engine = useEngine();
const root = mkdtempSync(join(tmpdir(), 'state-trouble-'));
let folders = 0;
/** What a test opened, to be closed after it. */
let closing: (() => unknown)[] = [];

afterEach(async () => {
	for (const close of closing.reverse()) await close();
	closing = [];
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const sqlite = () => process.getBuiltinModule('node:sqlite');

/** n8n's folder with a state file that `prepare` made unusable. */
function userFolder(prepare: (stateFile: string) => void): string {
	const folder = join(root, String(++folders));
	const stateFile = join(folder, '.n8n', 'whatsapp-cloud', 'state.sqlite');
	mkdirSync(dirname(stateFile), { recursive: true });
	prepare(stateFile);
	return folder;
}

/** @param onStateProblem the user's choice */
async function send(
	state: Record<string, unknown>,
	onStateProblem?: string,
	onError: 'stopWorkflow' | 'continueRegularOutput' = 'stopWorkflow',
	from: Engine = engine,
) {
	return await from.runNode({
		node: 'whatsAppCloud',
		parameters: {
			recipient: '={{ $json.to }}',
			text: 'Hello',
			...(onStateProblem === undefined ? {} : { delivery: { onStateProblem } }),
		},
		credentials: credentials(simulator.url, state),
		items: [{ json: { to: '+15550200001' } }, { json: { to: '+15550200002' } }],
		onError,
	});
}

/** By default nothing is sent; if the user wants it, everything is, and a hint says so. */
async function expectTheUsersChoice(
	state: Record<string, unknown>,
	problem: RegExp,
	from: Engine = engine,
): Promise<void> {
	// At the same time, since both wait for as long as the problem takes to show.
	const [stopped, wentOn] = await Promise.all([
		send(state, undefined, 'stopWorkflow', from),
		send(state, 'continue', 'stopWorkflow', from),
	]);
	expect(stopped.error).toMatchObject({
		message: expect.stringMatching(/^The state cannot be used: /),
		description: expect.stringMatching(/Keep State In.*Delivery › If State Fails/),
	});
	expect(stopped.error?.message).toMatch(problem);
	expect(itemsOf(wentOn).map(({ json }) => json['outcome'])).toEqual(['sent', 'sent']);
	const sent = itemsOf(wentOn).map(({ json }) => json['messageId']);
	const ids = (await accepted(simulator)).map(({ id }) => id);
	expect(ids.sort()).toEqual(sent.sort());
	const prefix = 'The state cannot be used; sending goes on without protection: ';
	const hints = (wentOn.hints ?? []).filter((hint) => hint.startsWith(prefix));
	expect(hints).toEqual([expect.stringMatching(problem)]);
	const warnings = wentOn.logs.filter(({ level }) => level === 'warn');
	expect(warnings.some(({ message }) => message.startsWith(prefix))).toBe(true);
	expect(JSON.stringify([stopped, wentOn])).not.toContain('not-a-secret');
}

describe('SQLite', () => {
	test.each<[string, (stateFile: string) => void, RegExp]>([
		[
			'a damaged file',
			(file) => writeFileSync(file, 'no database '.repeat(1_000)),
			/state\.sqlite is damaged or not an SQLite file\. Restore it/,
		],
		[
			'a file of another version',
			(file) => {
				const database = new (sqlite().DatabaseSync)(file);
				database.exec(`CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT);
					INSERT INTO meta VALUES ('schema_version', '999')`);
				database.close();
			},
			/written by a newer version of this package/,
		],
		[
			'a folder whose place a file has taken',
			(file) => {
				rmSync(dirname(file), { recursive: true });
				writeFileSync(dirname(file), '');
			},
			/whatsapp-cloud\/state\.sqlite cannot be used/,
		],
		[
			'a file that another program holds',
			(file) => {
				const database = new (sqlite().DatabaseSync)(file);
				database.exec('PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE');
				closing.push(() => database.close());
			},
			/stays locked by another process/,
		],
	])('%s', async (_, prepare, problem) => {
		await engine.reload({ N8N_USER_FOLDER: userFolder(prepare) });
		await expectTheUsersChoice({}, problem);
	});

	test('Node.js without SQLite', async () => {
		const without = await startEngine({ env: { NODE_OPTIONS: '--no-experimental-sqlite' } });
		closing.push(() => without.stop());
		await expectTheUsersChoice({}, /has no SQLite built in\. Use Node\.js 22/, without);
	});
});

describe('PostgreSQL', () => {
	let server: PostgresServer;

	beforeAll(async () => {
		server = await startPostgres();
	}, 120_000);
	beforeEach(async () => await engine.reload({}));
	afterAll(async () => await server.remove());

	const access = (changes: Record<string, unknown> = {}) => ({
		...postgresFields(server.connection),
		...changes,
	});

	/** A server on a free port that handles its connections as the test wants. */
	const listen = async (behave: (server: Server) => void): Promise<number> => {
		const listener = createServer();
		behave(listener);
		await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
		closing.push(() => {
			listener.close();
		});
		return (listener.address() as AddressInfo).port;
	};

	test('a wrong password', async () => {
		const state = access({ postgresPassword: 'not-a-secret-either' });
		await expectTheUsersChoice(state, /It refuses the connection\. Check user, password/);
	});

	test('a database that is not there', async () => {
		const state = access({ postgresDatabase: 'elsewhere' });
		await expectTheUsersChoice(state, /\/elsewhere: It refuses the connection/);
	});

	test('an empty password, although the environment of n8n has one for another database', async () => {
		await engine.reload({
			PGPASSWORD: 'not-a-secret',
			PGOPTIONS: '-c search_path=elsewhere',
			PGUSER: 'other',
		});
		const missing = /PostgreSQL Password is empty, and the server asks for one/;
		await expectTheUsersChoice(access({ postgresPassword: '' }), missing);
		await simulator.reset();
		for (const [field, label] of [
			['postgresUser', 'PostgreSQL User'],
			['postgresDatabase', 'PostgreSQL Database'],
		] as const) {
			const { error } = await send(access({ [field]: '' }));
			expect(error?.message).toContain(`In the credential, ${label} is empty`);
		}
	});

	test('a native client, which would read the environment, is not looked for', async () => {
		await engine.reload({ NODE_PG_FORCE_NATIVE: '1' });
		const run = await send(access());
		expect(itemsOf(run).map(({ json }) => json['outcome'])).toEqual(['sent', 'sent']);
	});

	test('nobody who listens', async () => {
		const port = await listen(() => undefined);
		await closing.pop()?.();
		await expectTheUsersChoice(access({ postgresPort: port }), /It cannot be reached/);
	});

	test('a name that nobody knows', async () => {
		const state = access({ postgresHost: 'database.invalid' });
		await expectTheUsersChoice(state, /database\.invalid:\d+\/postgres: It cannot be reached/);
	});

	test('a server that never answers', async () => {
		const port = await listen((listener) =>
			listener.on('connection', (socket) => closing.push(() => void socket.destroy())),
		);
		await expectTheUsersChoice(access({ postgresPort: port }), /did not answer in time/);
	});

	test('tables of a newer version', async () => {
		await server.sql('CREATE DATABASE newer');
		await server.sql(
			`CREATE SCHEMA whatsapp_cloud;
			CREATE TABLE whatsapp_cloud.meta (name text PRIMARY KEY, value text);
			INSERT INTO whatsapp_cloud.meta VALUES ('schema_version', '999')`,
			'newer',
		);
		const state = access({ postgresDatabase: 'newer' });
		await expectTheUsersChoice(state, /newer version of this package/);
	});

	test('each item says that this run did not send it, and that nobody knows about others', async () => {
		const state = access({ postgresDatabase: 'elsewhere' });
		const items = itemsOf(await send(state, 'stop', 'continueRegularOutput'));
		for (const { json } of items) {
			expect(json).toMatchObject({
				outcome: 'unknown',
				messageId: null,
				operationId: expect.stringMatching(/\w/),
				error: { code: null, class: 'state' },
			});
		}
		expect(items).toHaveLength(2);
		expect(await accepted(simulator)).toEqual([]);
	});

	test('a server that goes away between two runs, and comes back', async () => {
		await server.sql('CREATE DATABASE fleeting');
		const state = access({ postgresDatabase: 'fleeting' });
		expect(itemsOf(await send(state))).toHaveLength(2);
		await simulator.reset();
		await server.stop();
		await expectTheUsersChoice(state, /It cannot be reached|did not answer in time/);
		await server.start();
		expect(itemsOf(await send(state)).map(({ json }) => json['outcome'])).toEqual(['sent', 'sent']);
	});
});
