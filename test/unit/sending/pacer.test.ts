import fc from 'fast-check';
import {
	createPacer,
	type Pacer,
	type Turn,
} from '../../../nodes/WhatsAppCloud/sending/pacing/pacer';
import {
	createLocalSlots,
	type SlotSource,
} from '../../../nodes/WhatsAppCloud/sending/pacing/slots';
import { createVirtualClock, type VirtualClock } from './virtualClock';

const hour = 3_600_000;

/** A message that got its turn. */
interface Start {
	execution: string;
	/** Time elapsed until then. */
	atMs: number;
}

interface PacedSender {
	clock: VirtualClock;
	pacer: Pacer;
	starts: Start[];
	/** Waits for a turn and records it. */
	send: (turn?: Partial<Turn>) => Promise<boolean>;
	sendMany: (count: number, turn?: Partial<Turn>) => Promise<boolean[]>;
}

function pacedSender(slots: SlotSource = createLocalSlots()): PacedSender {
	const clock = createVirtualClock();
	const pacer = createPacer(slots, clock);
	const starts: Start[] = [];
	const send: PacedSender['send'] = async (parts) => {
		const turn = { phoneNumberId: '1', execution: 'a', messagesPerSecond: 80, ...parts };
		const mayGo = await pacer.wait(turn);
		if (mayGo) starts.push({ execution: turn.execution, atMs: clock.elapsedMs() });
		return mayGo;
	};
	return {
		clock,
		pacer,
		starts,
		send,
		sendMany: async (count, turn) =>
			await Promise.all(Array.from({ length: count }, async () => await send(turn))),
	};
}

const times = (starts: Start[]): number[] => starts.map(({ atMs }) => atMs);

/** The most starts within any second. */
function peakPerSecond(starts: Start[]): number {
	const sorted = times(starts).toSorted((a, b) => a - b);
	let peak = 0;
	let first = 0;
	for (const [last, at] of sorted.entries()) {
		while ((sorted[first] ?? 0) <= at - 1000) first++;
		peak = Math.max(peak, last - first + 1);
	}
	return peak;
}

describe('pace', () => {
	test('160 messages at 80 a second take two seconds, evenly', async () => {
		const { clock, starts, sendMany } = pacedSender();
		await clock.run(sendMany(161));
		expect(times(starts)[0]).toBe(0);
		expect(times(starts)[80]).toBeCloseTo(1000, 0);
		expect(times(starts)[160]).toBeCloseTo(2000, 0);
		expect(peakPerSecond(starts)).toBeLessThanOrEqual(81);
	});

	test('never more than the rate and one in any second, however they arrive', async () => {
		const arrival = fc.record({
			count: fc.integer({ min: 1, max: 60 }),
			execution: fc.constantFrom('a', 'b', 'c'),
			atMs: fc.nat(5_000),
		});
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 1, max: 400 }),
				fc.array(arrival, { minLength: 1, maxLength: 8 }),
				async (messagesPerSecond, arrivals) => {
					const { clock, starts, sendMany } = pacedSender();
					const work = arrivals.map(async ({ atMs, count, execution }) => {
						await clock.sleep(atMs);
						await sendMany(count, { execution, messagesPerSecond });
					});
					await clock.run(Promise.all(work));
					const sent = arrivals.reduce((sum, { count }) => sum + count, 0);
					expect(starts).toHaveLength(sent);
					expect(peakPerSecond(starts)).toBeLessThanOrEqual(messagesPerSecond + 1);
				},
			),
			{ numRuns: 50 },
		);
	});

	test('no limit is no wait', async () => {
		const { clock, sendMany } = pacedSender();
		await clock.run(sendMany(1000, { messagesPerSecond: null }));
		expect(clock.elapsedMs()).toBe(0);
	});

	test('numbers do not wait for each other', async () => {
		const { clock, send, sendMany } = pacedSender();
		const crowd = sendMany(400);
		await clock.run(send({ phoneNumberId: '2' }));
		expect(clock.elapsedMs()).toBe(0);
		await clock.run(crowd);
	});

	test('after a refusal the number pauses and goes on more slowly', async () => {
		const { clock, pacer, starts, sendMany } = pacedSender();
		await pacer.slowDown('1', 5_000);
		await clock.run(sendMany(81));
		expect(times(starts)[0]).toBeGreaterThanOrEqual(5_000);
		expect(clock.elapsedMs()).toBeGreaterThan(6_000);
	});
});

describe('fairness', () => {
	test('one message does not wait behind the campaign of another execution', async () => {
		const { clock, starts, send, sendMany } = pacedSender();
		const campaign = sendMany(1000, { execution: 'campaign' });
		clock.at(3_000, () => void send({ execution: 'autoresponder' }));
		await clock.run(campaign);
		const reply = starts.find(({ execution }) => execution === 'autoresponder');
		// One or two slots at 80 per second.
		expect(reply?.atMs).toBeLessThan(3_030);
	});

	test('executions take turns, each in its own order', async () => {
		const { clock, starts, sendMany } = pacedSender();
		await clock.run(
			Promise.all(['a', 'b', 'c'].map(async (execution) => await sendMany(30, { execution }))),
		);
		// The very first one goes before the others arrive.
		const order = starts.slice(1, 88).map(({ execution }) => execution);
		for (let at = 0; at + 3 <= order.length; at += 3) {
			expect(new Set(order.slice(at, at + 3)).size).toBe(3);
		}
	});
});

describe('cancellation', () => {
	test('who waits is let go at once, and others take the place', async () => {
		const { clock, starts, sendMany } = pacedSender();
		const stop = new AbortController();
		const stopped = sendMany(400, { execution: 'stopped', signal: stop.signal });
		const going = sendMany(80, { execution: 'going' });
		clock.at(500, () => stop.abort());
		const granted = (await clock.run(stopped)).filter(Boolean).length;
		expect(clock.elapsedMs()).toBe(500);
		expect(granted).toBeLessThan(30);
		expect(await clock.run(going)).toEqual(Array.from({ length: 80 }, () => true));
		expect(clock.elapsedMs()).toBeLessThan(2_000);
		expect(peakPerSecond(starts)).toBeLessThanOrEqual(81);
	});

	test('who was cancelled before gets no turn', async () => {
		const { clock, send } = pacedSender();
		const signal = AbortSignal.abort();
		expect(await clock.run(send({ signal }))).toBe(false);
		expect(await clock.run(send({ signal, messagesPerSecond: null }))).toBe(false);
	});

	test('a queue that emptied by cancellation opens again', async () => {
		const { clock, send, sendMany } = pacedSender();
		const stop = new AbortController();
		const stopped = sendMany(200, { signal: stop.signal });
		clock.at(100, () => stop.abort());
		await clock.run(stopped);
		expect(await clock.run(send())).toBe(true);
	});
});

describe('a clock that is set', () => {
	test.each([-24 * hour, -30_000, -500, 500, hour])(
		'by %i ms neither stalls nor floods',
		async (ms) => {
			const { clock, starts, sendMany } = pacedSender();
			const work = sendMany(400);
			clock.at(1_000, () => clock.jump(ms));
			await clock.run(work);
			// Five seconds without the jump; slots leased before it may be lost or late.
			expect(clock.elapsedMs()).toBeLessThan(6_500);
			// A few late slots go at once, but no more.
			expect(peakPerSecond(starts)).toBeLessThanOrEqual(81 + 4);
		},
	);
});

describe('a source of slots that fails', () => {
	const failingAfter = (calls: number): SlotSource => {
		const local = createLocalSlots();
		return {
			...local,
			reserve: async (request) => {
				if (calls-- <= 0) throw new Error('The store is gone');
				return await local.reserve({ ...request, count: 1 });
			},
		};
	};

	test('tells each one that waits, and none hangs', async () => {
		const { clock, sendMany } = pacedSender(failingAfter(0));
		await expect(clock.run(sendMany(3))).rejects.toThrow('The store is gone');
	});

	test('tells all at once, however long it takes to fail', async () => {
		const failing = failingAfter(0);
		const setting: PacedSender = pacedSender({
			...failing,
			reserve: async (request) => {
				await setting.clock.sleep(5_000);
				return await failing.reserve(request);
			},
		});
		const ends = await setting.clock.run(
			Promise.allSettled(Array.from({ length: 100 }, async () => await setting.send())),
		);
		expect(new Set(ends.map(({ status }) => status))).toEqual(new Set(['rejected']));
		expect(setting.clock.elapsedMs()).toBe(5_000);
	});

	test('is asked again by the next one', async () => {
		const { clock, send } = pacedSender(failingAfter(1));
		expect(await clock.run(send())).toBe(true);
		await expect(clock.run(send())).rejects.toThrow('The store is gone');
	});
});
