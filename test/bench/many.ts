import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startPostgres } from '../postgres.ts';
import type { ManyRequest, ManyResult } from './manyHost.ts';

/**
 * `node scripts/bootstrap.mjs test/bench/many.ts [--count 10000,100000] [--only SQLite] [--pace 80]
 * [--message template] [--live] [--profile FOLDER]`: time, processor time, transactions and memory of a run with very many items in n8n's
 * engine, against a local endpoint that answers at once. The baseline is the same run, cancelled at
 * its start: the same items go in and come out unsent. PostgreSQL's own processor time is not
 * included.
 */
const { values } = parseArgs({
	options: {
		count: { type: 'string', default: '10000,100000' },
		/** Messages per second of the rows that have a pace. */
		pace: { type: 'string', default: '1000' },
		/** Only measures those whose names contain this. */
		only: { type: 'string', default: '' },
		message: { type: 'string', default: 'text' },
		/** Collects garbage every second, so that the peak shows memory in use. Takes time. */
		live: { type: 'boolean', default: false },
		/** Folder for a processor profile of each run. */
		profile: { type: 'string', default: '' },
	},
});

let accepted = 0;
const endpoint = createServer((request, response) => {
	request.resume();
	request.on('end', () => {
		response.setHeader('content-type', 'application/json');
		const messages = [{ id: `wamid.many${++accepted}` }];
		response.end(JSON.stringify({ contacts: [{ wa_id: '15552000000' }], messages }));
	});
});
endpoint.keepAliveTimeout = 300_000;
await once(endpoint.listen(0, '127.0.0.1'), 'listening');
const graphBaseUrl = `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}`;

const server = await startPostgres();
const { host, port, user, password } = server.connection;
let databases = 0;

const off = { stateStore: 'off' };
const sqlite = { stateStore: 'sqlite' };
const postgres = {
	stateStore: 'postgres',
	postgresHost: host,
	postgresPort: port,
	postgresUser: user,
	postgresPassword: password,
	postgresTls: 'off',
};
const paced = { messagesPerSecond: Number(values.pace) };
const recordFirst = { recordFirst: true };
const contestants: { name: string; state: object; delivery: object; isCancelled?: true }[] = [
	{ name: 'Baseline: cancelled at once', state: off, delivery: {}, isCancelled: true },
	{ name: 'State off', state: off, delivery: {} },
	{ name: 'SQLite', state: sqlite, delivery: {} },
	{ name: 'SQLite, all recorded first', state: sqlite, delivery: recordFirst },
	{ name: 'SQLite, paced', state: sqlite, delivery: paced },
	{ name: 'PostgreSQL', state: postgres, delivery: {} },
	{ name: 'PostgreSQL, all recorded first', state: postgres, delivery: recordFirst },
	{ name: 'PostgreSQL, paced', state: postgres, delivery: paced },
];

/** The number of writing transactions so far: each takes the next ID. */
const postgresCommits = async (): Promise<number> =>
	Number(await server.sql('SELECT pg_snapshot_xmax(pg_current_snapshot())'));

interface Measured extends ManyResult {
	/** Writing transactions of either database. */
	commits: number;
	stateMb: number;
}

async function measure(request: ManyRequest): Promise<Measured> {
	const folder = await mkdtemp(join(tmpdir(), 'whatsapp-cloud-many-'));
	const child = fork(resolve(import.meta.dirname, 'manyHost.ts'), {
		execArgv: [
			'--expose-gc',
			...(values.profile === '' ? [] : ['--cpu-prof', `--cpu-prof-dir=${values.profile}`]),
		],
		env: { ...process.env, N8N_USER_FOLDER: folder },
	});
	const ended = once(child, 'exit').then(([code]) => {
		throw new Error(`The engine ended with ${String(code)}`);
	});
	try {
		await Promise.race([once(child, 'message'), ended]);
		child.send(request);
		await Promise.race([once(child, 'message'), ended]);
		const commitsBefore = await postgresCommits();
		child.send('go');
		const [result] = (await Promise.race([once(child, 'message'), ended])) as [ManyResult];
		const commits = result.sqliteCommits + (await postgresCommits()) - commitsBefore;
		// It removes its own folders when it ends.
		await ended.catch(() => undefined);
		const stateFile = join(folder, '.n8n/whatsapp-cloud/state.sqlite');
		const { size } = await stat(stateFile).catch(() => ({ size: 0 }));
		return { ...result, commits, stateMb: size / 2 ** 20 };
	} finally {
		child.kill('SIGKILL');
		await rm(folder, { recursive: true, force: true, maxRetries: 5 });
	}
}

const head = [
	'',
	'time',
	'messages/s',
	'CPU µs per message',
	'transactions per message',
	'peak (MB)',
	'KB per message',
	'held (MB)',
	'file (MB)',
];
try {
	for (const count of values.count.split(',').map(Number)) {
		console.log(`\n## ${count} items\n\n| ${head.join(' | ')} |`);
		console.log(`|${head.map(() => '---|').join('')}`);
		for (const { name, state, delivery, isCancelled = false } of contestants) {
			if (!name.includes(values.only)) continue;
			accepted = 0;
			const postgresDatabase = `many${++databases}`;
			if (state === postgres) await server.sql(`CREATE DATABASE ${postgresDatabase}`);
			const result = await measure({
				graphBaseUrl,
				count,
				message: values.message === 'template' ? 'template' : 'text',
				state: { ...state, postgresDatabase },
				delivery: { ...delivery },
				isCancelled,
				isLive: values.live,
			});
			const { seconds, cpuSeconds, commits, peakMb, heldMb, stateMb, outcomes } = result;
			const cells = [
				name,
				`${seconds.toFixed(1)} s`,
				isCancelled ? '–' : Math.round(count / seconds),
				((cpuSeconds * 1e6) / count).toFixed(0),
				(commits / count).toFixed(3),
				peakMb.toFixed(0),
				((peakMb * 1024) / count).toFixed(2),
				heldMb.toFixed(0),
				stateMb.toFixed(0),
			];
			console.log(`| ${cells.join(' | ')} |`);
			const sent = outcomes['sent'] ?? 0;
			if (!isCancelled && sent !== count) {
				throw new Error(`${name}: ${JSON.stringify(outcomes)}`);
			}
		}
	}
} finally {
	await server.remove();
	endpoint.closeAllConnections();
	endpoint.close();
}
