import type { RateRequest } from '../../../nodes/WhatsAppCloud/store/rate/rateStore';
import { openStore } from '../../../nodes/WhatsAppCloud/store/open';
import type { Store } from '../../../nodes/WhatsAppCloud/store/store';
import { onEachEngine } from './engines';
import { start } from './samples';

const request = (changes: Partial<RateRequest> = {}): RateRequest => ({
	bucketKey: 'number',
	ratePerSecond: 80,
	burst: 4,
	count: 20,
	horizonMs: 10_000,
	...changes,
});

onEachEngine('rate', (engine) => {
	let store: Store;
	beforeEach(async () => {
		store = await engine.open();
	});

	test('callers at the same moment share one bucket and get slots of their own', async () => {
		const grants = await Promise.all(
			Array.from({ length: 10 }, () => store.rate.reserve([request()], start)),
		);
		const starts = grants.flat().flatMap(({ startAt }) => startAt);
		starts.sort((a, b) => a - b);
		expect(starts).toHaveLength(200);
		expect(starts.slice(0, 6).map((time) => time - start)).toEqual([0, 0, 0, 0, 12.5, 25]);
		expect(starts.at(-1)).toBe(start + 196 * 12.5);
	});

	test('two stores on the same database share the bucket', async () => {
		const config = engine.fresh();
		const first = await openStore(config);
		const second = await openStore({ ...config, timeoutMs: 4_999 });
		expect(second).not.toBe(first);
		const grants = await Promise.all(
			Array.from({ length: 20 }, (_, index) =>
				(index % 2 === 0 ? first : second).rate.reserve([request({ count: 10 })], start),
			),
		);
		const starts = grants.flat().flatMap(({ startAt }) => startAt);
		starts.sort((a, b) => a - b);
		const even = Array.from({ length: 200 }, (_, index) => Math.max(0, index - 3) * 12.5);
		expect(starts.map((time) => time - start)).toEqual(even);
		await first.close();
		await second.close();
	});

	test('several buckets in one call, one of them twice', async () => {
		const grants = await store.rate.reserve(
			[
				request({ count: 1, burst: 1 }),
				request({ bucketKey: 'pair', ratePerSecond: 1 / 6, burst: 1, count: 5 }),
				request({ count: 1, burst: 1 }),
			],
			start,
		);
		expect(grants.map(({ startAt }) => startAt.map((time) => Math.round(time - start)))).toEqual([
			[0],
			[0, 6_000],
			[13],
		]);
		expect(grants[1]?.nextAt).toBeCloseTo(start + 12_000, 1);
	});

	test('slowing down holds for all and is told', async () => {
		const entry = {
			bucketKey: 'number',
			factor: 0.5,
			minFactor: 0.1,
			recoverMs: 60_000,
			quietMs: 1_000,
			pauseMs: 2_000,
		};
		expect(await store.rate.slowDown([entry, entry], start)).toEqual([0.5, 0.5]);
		const [grant] = await store.rate.reserve([request({ count: 5, burst: 1 })], start);
		expect(grant?.startAt.map((time) => time - start)).toEqual([2_000, 2_025, 2_050, 2_075, 2_100]);
		const [recovered] = await store.rate.reserve([request()], start + 60_000);
		expect(recovered?.ratePerSecond).toBe(80);
	});

	test.each([
		['a rate of zero', { ratePerSecond: 0 }],
		['a negative rate', { ratePerSecond: -1 }],
		['no rate', { ratePerSecond: NaN }],
		['no burst', { burst: 0 }],
		['no count', { count: 0 }],
		['an unlimited horizon', { horizonMs: Infinity }],
		['an empty key', { bucketKey: '' }],
	])('%s is refused', async (_, changes) => {
		await expect(store.rate.reserve([request(changes)], start)).rejects.toThrow(RangeError);
	});
});
