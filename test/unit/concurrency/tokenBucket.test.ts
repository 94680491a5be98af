import fc from 'fast-check';

import {
	freshBucket,
	reserveSlots,
	shareOf,
	slowDown,
	type Bucket,
	type SlotRequest,
	type SlowDown,
} from '../../../nodes/WhatsAppCloud/concurrency/tokenBucket';
import { start } from '../store/samples';

const request = (changes: Partial<SlotRequest> = {}): SlotRequest => ({
	ratePerSecond: 80,
	burst: 4,
	count: 40,
	horizonMs: 1_000,
	...changes,
});

const flood = (changes: Partial<SlowDown> = {}): SlowDown => ({
	factor: 0.5,
	minFactor: 0.1,
	recoverMs: 60_000,
	quietMs: 1_000,
	pauseMs: 0,
	...changes,
});

/** The most slots within any window of that length. */
function most(starts: readonly number[], windowMs: number): number {
	const sorted = [...starts].sort((a, b) => a - b);
	let first = 0;
	return sorted.reduce((peak, time, last) => {
		while (time - (sorted[first] ?? time) >= windowMs) first++;
		return Math.max(peak, last - first + 1);
	}, 0);
}

describe('reserving slots', () => {
	test('a full bucket allows a burst at once, then an even pace', () => {
		const { grant } = reserveSlots(freshBucket, request({ count: 7 }), start);
		expect(grant.startAt.map((time) => time - start)).toEqual([0, 0, 0, 0, 12.5, 25, 37.5]);
		expect(grant.nextAt - start).toBe(50);
	});

	test('what lies behind the horizon is not granted, and the answer says when it will be', () => {
		const first = reserveSlots(freshBucket, request({ count: 1_000 }), start);
		expect(first.grant.startAt).toHaveLength(84);
		const second = reserveSlots(first.bucket, request({ count: 1_000 }), start);
		expect(second.grant.startAt).toEqual([]);
		expect(second.grant.nextAt - start).toBe(1_012.5);
		const third = reserveSlots(second.bucket, request({ count: 1 }), start + 12.5);
		expect(third.grant.startAt).toEqual([start + 1_012.5]);
	});

	test('one slot in six seconds', () => {
		const pair = request({ ratePerSecond: 1 / 6, burst: 1, count: 3, horizonMs: 12_000 });
		const { grant } = reserveSlots(freshBucket, pair, start);
		expect(grant.startAt.map((time) => Math.round(time - start))).toEqual([0, 6_000, 12_000]);
	});

	test('never more than burst and rate allow, in any window, however it is asked', () => {
		fc.assert(
			fc.property(
				fc.double({ min: 0.1, max: 200, noNaN: true }),
				fc.integer({ min: 1, max: 20 }),
				fc.array(
					fc.record({
						afterMs: fc.nat({ max: 3_000 }),
						count: fc.integer({ min: 1, max: 60 }),
						horizonMs: fc.nat({ max: 2_000 }),
					}),
					{ maxLength: 40 },
				),
				fc.integer({ min: 1, max: 20_000 }),
				(ratePerSecond, burst, asks, windowMs) => {
					let bucket: Bucket = freshBucket;
					let now = start;
					const starts: number[] = [];
					for (const { afterMs, count, horizonMs } of asks) {
						now += afterMs;
						const ask = request({ ratePerSecond, burst, count, horizonMs });
						const { bucket: next, grant } = reserveSlots(bucket, ask, now);
						expect(grant.startAt.length).toBeLessThanOrEqual(count);
						for (const time of grant.startAt) {
							expect(time).toBeGreaterThanOrEqual(now);
							expect(time).toBeLessThanOrEqual(now + horizonMs);
						}
						if (grant.startAt.length < count) expect(grant.nextAt).toBeGreaterThan(now + horizonMs);
						bucket = next;
						starts.push(...grant.startAt);
					}
					// A double resolves these times to about 1/4096 ms.
					const allowed = burst + Math.ceil(((windowMs + 0.01) / 1_000) * ratePerSecond);
					expect(most(starts, windowMs)).toBeLessThanOrEqual(allowed);
				},
			),
		);
	});

	test('whoever keeps asking gets the whole rate', () => {
		fc.assert(
			fc.property(
				fc.double({ min: 1, max: 200, noNaN: true }),
				fc.integer({ min: 1, max: 10 }),
				fc.integer({ min: 1, max: 50 }),
				(ratePerSecond, burst, count) => {
					let bucket: Bucket = freshBucket;
					let granted = 0;
					for (let now = start; now < start + 10_000;) {
						const ask = request({ ratePerSecond, burst, count, horizonMs: 500 });
						const { bucket: next, grant } = reserveSlots(bucket, ask, now);
						bucket = next;
						granted += grant.startAt.length;
						now = grant.startAt.length > 0 ? now : grant.nextAt - 500;
					}
					expect(granted).toBeGreaterThanOrEqual(Math.floor(10 * ratePerSecond));
				},
			),
		);
	});

	test('however the clock jumps, no lock-up, and no more than burst and horizon hold twice for each jump', () => {
		fc.assert(
			fc.property(
				fc.array(
					fc.record({
						passesMs: fc.integer({ min: 1, max: 2_000 }),
						jumpMs: fc.oneof(
							{ weight: 4, arbitrary: fc.constant(0) },
							{ weight: 1, arbitrary: fc.integer({ min: -1e9, max: 1e9 }) },
						),
						count: fc.integer({ min: 1, max: 100 }),
					}),
					{ minLength: 1, maxLength: 40 },
				),
				(asks) => {
					const toleranceMs = 1_000;
					let bucket: Bucket = freshBucket;
					let real = start;
					let offMs = 0;
					let jumps = 0;
					const starts: number[] = [];
					for (const { passesMs, jumpMs, count } of asks) {
						real += passesMs;
						offMs += jumpMs;
						if (jumpMs !== 0) jumps++;
						const now = real + offMs;
						const { bucket: next, grant } = reserveSlots(bucket, request({ count }), now);
						bucket = next;
						starts.push(...grant.startAt.map((time) => time - offMs));
						expect(grant.nextAt - now).toBeLessThanOrEqual(1_000 + toleranceMs + 60);
					}
					const bursts = 4 * (1 + jumps);
					expect(most(starts, 1_000)).toBeLessThanOrEqual(81 + bursts + jumps * 80);
					const whole = real - start + 1_000;
					expect(starts.length).toBeLessThanOrEqual(bursts + (whole / 1_000) * 80 + jumps * 80);
				},
			),
		);
	});
});

describe('slowing down', () => {
	test('halves the rate, once for a flood of answers, and recovers evenly', () => {
		const once = slowDown(freshBucket, flood(), start);
		expect(shareOf(once, start)).toBe(0.5);
		const again = slowDown(once, flood(), start + 999);
		expect(again.share).toBe(0.5);
		const later = slowDown(again, flood(), start + 1_000);
		expect(shareOf(later, start + 1_000)).toBeCloseTo(0.258, 3);
		expect(shareOf(later, start + 31_000)).toBeCloseTo(0.758, 3);
		expect(shareOf(later, start + 61_000)).toBe(1);
	});

	test('the lower rate is what is granted', () => {
		const slowed = slowDown(freshBucket, flood(), start);
		const { grant } = reserveSlots(slowed, request({ count: 6 }), start);
		expect(grant.startAt.map((time) => time - start)).toEqual([0, 0, 0, 0, 25, 50]);
		expect(grant.ratePerSecond).toBe(40);
	});

	test('it never falls below the least share', () => {
		let bucket: Bucket = freshBucket;
		for (let now = start; now < start + 30_000; now += 1_000) {
			bucket = slowDown(bucket, flood(), now);
		}
		expect(shareOf(bucket, start + 29_000)).toBeGreaterThanOrEqual(0.1);
		expect(shareOf(bucket, start + 29_000)).toBeLessThan(0.2);
	});

	test('a pause keeps everything back, and may be all that is asked for', () => {
		const paused = slowDown(freshBucket, flood({ factor: 1, pauseMs: 5_000 }), start);
		expect(shareOf(paused, start)).toBe(1);
		const none = reserveSlots(paused, request(), start);
		expect(none.grant).toMatchObject({ startAt: [], nextAt: start + 5_000 });
		const some = reserveSlots(paused, request(), start + 4_000);
		expect(some.grant.startAt[0]).toBe(start + 5_000);
	});

	test('a clock that is set back takes pause and recovery along', () => {
		const paused = slowDown(freshBucket, flood({ pauseMs: 5_000 }), start);
		const back = start - 3_600_000;
		expect(reserveSlots(paused, request(), back).grant.nextAt).toBe(back + 5_000);
		const { grant } = reserveSlots(paused, request({ horizonMs: 6_000 }), back);
		expect(grant.ratePerSecond).toBe(40);
	});
});
