import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { ManyRequest, ManyResult } from './manyHost.ts';

/**
 * `node scripts/bootstrap.mjs test/bench/many.ts [--count 10000,100000] [--only SQLite] [--live]`:
 * time and memory of a run with very many items in n8n's engine, against a local endpoint that
 * answers at once. The baseline is the same run, cancelled at its start: the same items go in and
 * come out unsent.
 */
const { values } = parseArgs({
	options: {
		count: { type: 'string', default: '10000,100000' },
		/** Only measures those whose names contain this. */
		only: { type: 'string', default: '' },
		/** Collects garbage every second, so that the peak shows memory in use. Takes time. */
		live: { type: 'boolean', default: false },
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

const off = { stateStore: 'off' };
const sqlite = { stateStore: 'sqlite' };
const contestants: ({ name: string } & Omit<ManyRequest, 'graphBaseUrl' | 'count' | 'isLive'>)[] = [
	{ name: 'Baseline: cancelled at once', state: off, delivery: {}, isCancelled: true },
	{ name: 'State off', state: off, delivery: {}, isCancelled: false },
	{ name: 'SQLite', state: sqlite, delivery: {}, isCancelled: false },
	{
		name: 'SQLite, all recorded first',
		state: sqlite,
		delivery: { recordFirst: true },
		isCancelled: false,
	},
];

async function measure(request: ManyRequest): Promise<ManyResult & { stateMb: number }> {
	const folder = await mkdtemp(join(tmpdir(), 'whatsapp-cloud-many-'));
	const child = fork(resolve(import.meta.dirname, 'manyHost.ts'), {
		execArgv: ['--expose-gc'],
		env: { ...process.env, N8N_USER_FOLDER: folder },
	});
	const ended = once(child, 'exit').then(([code]) => {
		throw new Error(`The engine ended with ${String(code)}`);
	});
	try {
		await Promise.race([once(child, 'message'), ended]);
		child.send(request);
		const [result] = (await Promise.race([once(child, 'message'), ended])) as [ManyResult];
		// It removes its own folders when it ends.
		await ended.catch(() => undefined);
		const stateFile = join(folder, '.n8n/whatsapp-cloud/state.sqlite');
		const { size } = await stat(stateFile).catch(() => ({ size: 0 }));
		return { ...result, stateMb: size / 2 ** 20 };
	} finally {
		child.kill('SIGKILL');
		await rm(folder, { recursive: true, force: true, maxRetries: 5 });
	}
}

const head = ['', 'time', 'messages/s', 'peak (MB)', 'KB per message', 'held (MB)', 'file (MB)'];
for (const count of values.count.split(',').map(Number)) {
	console.log(`\n## ${count} items\n\n| ${head.join(' | ')} |`);
	console.log(`|${head.map(() => '---|').join('')}`);
	for (const { name, ...request } of contestants) {
		if (!name.includes(values.only)) continue;
		accepted = 0;
		const result = await measure({ ...request, graphBaseUrl, count, isLive: values.live });
		const { seconds, peakMb, heldMb, stateMb, outcomes } = result;
		const cells = [
			name,
			`${seconds.toFixed(1)} s`,
			request.isCancelled ? '–' : Math.round(count / seconds),
			peakMb.toFixed(0),
			((peakMb * 1024) / count).toFixed(2),
			heldMb.toFixed(0),
			stateMb.toFixed(0),
		];
		console.log(`| ${cells.join(' | ')} |`);
		const sent = outcomes['sent'] ?? 0;
		if (!request.isCancelled && sent !== count) {
			throw new Error(`${name}: ${JSON.stringify(outcomes)}`);
		}
	}
}
endpoint.closeAllConnections();
endpoint.close();
