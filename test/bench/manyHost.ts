import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { prepareEnvironment } from '../../scripts/engine/environment.ts';
import { bundlePackage, loadPackage } from '../../scripts/engine/package-bundle.ts';
import { orderTemplate, templateItem } from './orderTemplate.ts';

/**
 * A process that sends one batch in n8n's engine and reports its cost. many.ts starts one for each
 * measurement, with `--expose-gc`, so that they do not affect each other.
 */
export interface ManyRequest {
	graphBaseUrl: string;
	count: number;
	message: 'text' | 'template';
	/** The part of the credential that configures the state. */
	state: Record<string, unknown>;
	delivery: Record<string, unknown>;
	/** The baseline: the execution is cancelled at once, so that the same items come out unsent. */
	isCancelled: boolean;
	/** Collects garbage every second. */
	isLive: boolean;
}

export interface ManyResult {
	seconds: number;
	/** Processor time of this process, user and system. */
	cpuSeconds: number;
	/** Transactions written to SQLite. */
	sqliteCommits: number;
	/** Of the whole process, in addition to what it used before the run. */
	peakMb: number;
	/** Increase in reachable memory after the run, with all output items retained. */
	heldMb: number;
	outcomes: Record<string, number>;
}

prepareEnvironment();
const sqliteCommits = countSqliteCommits();
const [{ startHost }, { runNode }, { parseRunNodeRequest }, { BinarySink }] = await Promise.all([
	import('../../scripts/engine/host.ts'),
	import('../../scripts/engine/run-node.ts'),
	import('../../scripts/engine/request.ts'),
	import('../../scripts/engine/binary.ts'),
]);
const host = await startHost(loadPackage(await bundlePackage()));

/** Enough for all code to be compiled. */
const warmUpCount = 1_000;

/** Messages per second of a warm-up whose run has a pace. */
const warmUpPace = 1_000;

/** How each kind of message takes its values from the item. */
const operations = {
	text: {
		operation: 'sendText',
		valuesFrom: 'item',
		renames: { rename: [{ from: 'phone', to: 'recipient' }] },
	},
	template: orderTemplate,
};

async function run(request: ManyRequest, count: number) {
	const parsed = parseRunNodeRequest({
		node: 'whatsAppCloud',
		parameters: {
			...operations[request.message],
			delivery: { messagesPerSecond: -1, ...request.delivery },
		},
		credentials: {
			whatsAppCloudApi: {
				accessToken: 'bench-token',
				businessAccountId: '200000000000001',
				phoneNumberId: '300000000000001',
				advancedSettings: true,
				graphBaseUrl: request.graphBaseUrl,
				...request.state,
			},
		},
		items: Array.from({ length: count }, (_, index) => ({
			json: {
				phone: `+1555${String(2_000_000 + index)}`,
				text: `Hello customer ${index}`,
				...(request.message === 'template' ? templateItem(index) : {}),
			},
		})),
		...(request.isCancelled ? { cancelAfterMs: 0 } : {}),
	});
	const before = await memory();
	await writeFile('/proc/self/clear_refs', '5');
	const collecting = request.isLive ? setInterval(() => globalThis.gc?.(), 1_000) : undefined;
	const commitsBefore = sqliteCommits();
	const cpuBefore = process.cpuUsage();
	const startedAt = performance.now();
	const result = await runNode(host, parsed, new BinarySink(() => Promise.reject(new Error())));
	const seconds = (performance.now() - startedAt) / 1000;
	const { user, system } = process.cpuUsage(cpuBefore);
	clearInterval(collecting);
	const peakMb = (await peakMbNow()) - before.residentMb;
	const { heapMb } = await memory();
	const outcomes: Record<string, number> = {};
	for (const { json } of result.outputs?.[0] ?? []) {
		const outcome = String(json['outcome']);
		outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
	}
	return {
		seconds,
		cpuSeconds: (user + system) / 1e6,
		sqliteCommits: sqliteCommits() - commitsBefore,
		peakMb,
		heldMb: heapMb - before.heapMb,
		outcomes,
	};
}

/** @returns how many transactions this process has written to SQLite so far */
function countSqliteCommits(): () => number {
	let count = 0;
	const prepare = Reflect.get(DatabaseSync.prototype, 'prepare');
	DatabaseSync.prototype.prepare = function (sql) {
		const statement = prepare.call(this, sql);
		if (sql !== 'COMMIT') return statement;
		const commit = statement.run.bind(statement);
		statement.run = () => {
			count++;
			return commit();
		};
		return statement;
	};
	return () => count;
}

async function memory(): Promise<{ heapMb: number; residentMb: number }> {
	for (let times = 0; times < 3; times++) {
		globalThis.gc?.();
		await new Promise((resolve) => setImmediate(resolve));
	}
	const { heapUsed, rss } = process.memoryUsage();
	return { heapMb: heapUsed / 2 ** 20, residentMb: rss / 2 ** 20 };
}

async function peakMbNow(): Promise<number> {
	const status = await readFile('/proc/self/status', 'utf8');
	return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) / 1024;
}

async function nextMessage(): Promise<unknown> {
	const [message] = (await once(process, 'message')) as [unknown];
	return message;
}

process.send?.('ready');
const request = (await nextMessage()) as ManyRequest;
const { messagesPerSecond: pace } = request.delivery;
const warmUp = pace === undefined ? {} : { messagesPerSecond: warmUpPace };
await run(
	{ ...request, delivery: { ...request.delivery, ...warmUp }, isCancelled: false },
	warmUpCount,
);
process.send?.('warm');
// many.ts reads the database's own counters first.
await nextMessage();
const result: ManyResult = await run(request, request.count);
process.send?.(result, () => process.exit(0));
