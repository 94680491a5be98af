import fc from 'fast-check';
import {
	createLocalSlots,
	slowDownPolicy,
} from '../../../nodes/WhatsAppCloud/sending/pacing/slots';

const start = 1_750_000_000_000;
const horizonMs = 400;
const hour = 3_600_000;

const request = (
	parts: Partial<Parameters<ReturnType<typeof createLocalSlots>['reserve']>[0]>,
) => ({
	phoneNumberId: '1',
	messagesPerSecond: 80,
	count: 1,
	horizonMs,
	now: start,
	...parts,
});

/** Slots per second granted right after `now`. */
async function rateAfter(slots: ReturnType<typeof createLocalSlots>, now: number): Promise<number> {
	const { startAt } = await slots.reserve(request({ count: 2, now }));
	const [first = 0, second = 0] = startAt;
	return 1000 / (second - first);
}

describe('reserve', () => {
	test('the first slot is now, the others follow evenly, none beyond the horizon', async () => {
		const slots = createLocalSlots();
		const { startAt, nextAt } = await slots.reserve(request({ count: 1000 }));
		expect(startAt).toEqual(Array.from({ length: 33 }, (_, index) => start + index * 12.5));
		expect(nextAt).toBe(start + 33 * 12.5);
		expect(await slots.reserve(request({ count: 5 }))).toEqual({ startAt: [], nextAt });
	});

	test('each number has its own slots', async () => {
		const slots = createLocalSlots();
		await slots.reserve(request({ count: 1000 }));
		expect(await slots.reserve(request({ phoneNumberId: '2' }))).toMatchObject({
			startAt: [start],
		});
	});

	test('time that was not used gives no burst', async () => {
		const slots = createLocalSlots();
		await slots.reserve(request({}));
		const { startAt } = await slots.reserve(request({ count: 3, now: start + hour }));
		expect(startAt).toEqual([0, 12.5, 25].map((ms) => start + hour + ms));
	});

	test('never more than the rate and one in any second, whoever asks for how many and when', async () => {
		const call = fc.record({ count: fc.integer({ min: 1, max: 200 }), pauseMs: fc.nat(700) });
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 1, max: 1000 }),
				fc.array(call, { minLength: 1, maxLength: 12 }),
				async (messagesPerSecond, calls) => {
					const slots = createLocalSlots();
					const granted: number[] = [];
					let now = start;
					for (const { count, pauseMs } of calls) {
						const { startAt } = await slots.reserve(request({ messagesPerSecond, count, now }));
						granted.push(...startAt);
						expect(Math.max(now, ...startAt)).toBeLessThanOrEqual(now + horizonMs);
						now += pauseMs;
					}
					expect(granted).toEqual(granted.toSorted((a, b) => a - b));
					const oneMore = granted.slice(messagesPerSecond + 1);
					const spans = oneMore.map((at, index) => at - (granted[index] ?? 0));
					expect(Math.min(Infinity, ...spans)).toBeGreaterThan(1000 - 1e-3);
				},
			),
		);
	});
});

describe('a clock that is set', () => {
	test.each([1_000, 30_000, hour, 24 * hour])(
		'back by %i ms does not hold up the number, and gives no burst',
		async (ms) => {
			const slots = createLocalSlots();
			await slots.reserve(request({ count: 1000 }));
			const { startAt, nextAt } = await slots.reserve(request({ now: start - ms }));
			const next = startAt[0] ?? nextAt;
			expect(next - (start - ms)).toBeLessThanOrEqual(horizonMs + 12.5);
			expect(await rateAfter(slots, start - ms + 1000)).toBeCloseTo(80);
		},
	);

	test('forward by an hour goes on at the same pace', async () => {
		const slots = createLocalSlots();
		await slots.reserve(request({ count: 10 }));
		expect(await rateAfter(slots, start + hour)).toBeCloseTo(80);
	});
});

describe('slowDown', () => {
	test.each([500, 5_000, 90_000, 600_000])('pauses the number for %i ms', async (pauseMs) => {
		const slots = createLocalSlots();
		await slots.slowDown('1', pauseMs, start);
		expect(await slots.reserve(request({ now: start + 10 }))).toEqual({
			startAt: pauseMs > horizonMs + 10 ? [] : [start + pauseMs],
			nextAt: start + pauseMs,
		});
		const { startAt } = await slots.reserve(request({ now: start + pauseMs }));
		expect(startAt).toEqual([start + pauseMs]);
	});

	test('of one number leaves the others alone', async () => {
		const slots = createLocalSlots();
		await slots.slowDown('1', 5_000, start);
		expect(await rateAfter(slots, start + 5_000)).toBeLessThan(80);
		const other = await slots.reserve(request({ phoneNumberId: '2' }));
		expect(other.startAt).toEqual([start]);
	});

	test('takes the rate down by its factor and lets it climb back', async () => {
		const { factor, recoverMs } = slowDownPolicy;
		const slots = createLocalSlots();
		await slots.slowDown('1', 0, start);
		expect(await rateAfter(slots, start)).toBeCloseTo(80 * factor, 1);
		const halfWay = start + (recoverMs * (1 - factor)) / 2;
		expect(await rateAfter(slots, halfWay)).toBeCloseTo((80 * (1 + factor)) / 2, 1);
		expect(await rateAfter(slots, start + recoverMs)).toBeCloseTo(80);
	});

	test('refusals of one flood count once, further floods again, down to a minimum', async () => {
		const { factor, minFactor, quietMs } = slowDownPolicy;
		const slots = createLocalSlots();
		for (let refusal = 0; refusal < 50; refusal++) await slots.slowDown('1', 0, start + refusal);
		expect(await rateAfter(slots, start + 50)).toBeCloseTo(80 * factor, 0);
		let now = start;
		for (let flood = 0; flood < 30; flood++) await slots.slowDown('1', 0, (now += quietMs));
		expect(await rateAfter(slots, now)).toBeCloseTo(80 * minFactor, 0);
	});

	test('a shorter pause does not shorten a longer one', async () => {
		const slots = createLocalSlots();
		await slots.slowDown('1', 10_000, start);
		await slots.slowDown('1', 500, start + 100);
		expect((await slots.reserve(request({ now: start + 200 }))).nextAt).toBe(start + 10_000);
	});
});
