import { purgeNowAndThen } from '../../../../nodes/WhatsAppCloud/store/purgeNowAndThen';
import type { Store } from '../../../../nodes/WhatsAppCloud/store/store';

const start = Date.parse('2026-05-01T12:00:00Z');
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** A store that only records which accounts were purged, and with which retention in days. */
function storeOf(fails = false) {
	const purges: [accountKey: string, days: number][] = [];
	const store: Pick<Store, 'purge'> = {
		purge: (accountKey, _now, retention = {}) => {
			purges.push([accountKey, (retention.operationsMs ?? NaN) / dayMs]);
			expect(retention).toEqual({
				operationsMs: retention.operationsMs,
				statusesMs: retention.operationsMs,
				textsMs: 30 * dayMs,
			});
			return fails ? Promise.reject(new Error('disk full')) : Promise.resolve(nothing);
		},
	};
	return { purges, store: store as Store };
}

const nothing: Awaited<ReturnType<Store['purge']>> = {
	skipped: false,
	expired: [],
	deleted: {
		operations: 0,
		statuses: 0,
		events: 0,
		deliveries: 0,
		contacts: 0,
		counters: 0,
		buckets: 0,
		listeners: 0,
	},
};

/** How long an account keeps things, in days. */
const keptFor = (retentionDays: number) => ({ retentionDays, textRetentionDays: 30 });

const unexpected = (): never => {
	throw new Error('Nothing was to be warned of');
};

beforeEach(() => {
	jest.useFakeTimers({ now: start });
});
afterEach(() => {
	jest.useRealTimers();
});

test('each account of a store is purged once an hour, with its own retention', async () => {
	const { store, purges } = storeOf();
	for (const atMs of [0, 1_000, hourMs]) {
		jest.setSystemTime(start + atMs);
		await purgeNowAndThen(store, 'a', keptFor(7), unexpected);
		await purgeNowAndThen(store, 'b', keptFor(365), unexpected);
	}
	const both = [
		['a', 7],
		['b', 365],
	];
	expect(purges).toEqual([...both, ...both]);
});

test('a clock that was set back by a day holds no purge for a day', async () => {
	const { store, purges } = storeOf();
	await purgeNowAndThen(store, 'a', keptFor(7), unexpected);
	jest.setSystemTime(start - dayMs);
	await purgeNowAndThen(store, 'a', keptFor(7), unexpected);
	jest.setSystemTime(start - dayMs + 1_000);
	await purgeNowAndThen(store, 'a', keptFor(7), unexpected);
	expect(purges).toEqual([
		['a', 7],
		['a', 7],
	]);
});

test('what cannot be deleted is a warning, and no error', async () => {
	const { store } = storeOf(true);
	const warnings: string[] = [];
	await purgeNowAndThen(store, 'a', keptFor(7), (what, error) =>
		warnings.push(`${what}: ${String(error)}`),
	);
	expect(warnings).toEqual(['Old state could not be deleted: Error: disk full']);
});

test('what waited too long is logged, and counted for its trigger', async () => {
	const { store } = storeOf();
	const counted: unknown[] = [];
	const expired = [
		{ listenerId: 'known', events: 2 },
		{ listenerId: 'forgotten', events: 1 },
	];
	const listening = {
		...store,
		purge: async () => await Promise.resolve({ ...nothing, expired }),
		listeners: {
			find: async () => await Promise.resolve([{ listenerId: 'known', accountKey: 'app' }]),
		},
		counters: {
			increment: async (entries: unknown) => {
				counted.push(entries);
				await Promise.resolve();
			},
		},
	} as unknown as Store;
	const warnings: string[] = [];
	await purgeNowAndThen(listening, 'a', keptFor(7), (what, why) =>
		warnings.push(`${what}: ${String(why)}`),
	);
	expect(warnings).toEqual([
		'Events that waited for a week were dropped (3): nothing started executions for known, forgotten',
	]);
	expect(counted).toEqual([
		[{ accountKey: 'app', name: 'webhook:expired:known', by: 2, detail: null }],
	]);
});
