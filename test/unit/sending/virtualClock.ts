import type { Clock } from '../../../nodes/WhatsAppCloud/time/clock';

interface Sleeper {
	wakeAtMs: number;
	wake(): void;
}

/** A clock that stands still until the test runs it: minutes pass in no time. */
export interface VirtualClock extends Clock {
	/** Sets the wall clock; as in a real process, this does not affect sleepers. */
	jump(ms: number): void;
	/** Time that has really elapsed, whatever the wall clock says. */
	elapsedMs(): number;
	/** Runs an action at that moment. */
	at(elapsedMs: number, action: () => void): void;
	/**
	 * Lets time pass until the work is done.
	 *
	 * @throws Error when nothing left could finish it
	 */
	run<Result>(work: Promise<Result>): Promise<Result>;
}

/** Once the macrotask queue comes round, everything that was ready has run. */
const whatIsReady = () => new Promise<void>((resolve) => setImmediate(resolve));

/** @param untilIdle resolves when the only work left is waiting for the clock */
export function createVirtualClock(
	startAtMs = 1_750_000_000_000,
	untilIdle: () => Promise<void> = whatIsReady,
): VirtualClock {
	let elapsedMs = 0;
	let wallClockMs = startAtMs;
	let sleepers: Sleeper[] = [];

	const wakeNext = (): boolean => {
		const [next] = sleepers.sort((a, b) => a.wakeAtMs - b.wakeAtMs);
		if (next === undefined) return false;
		sleepers = sleepers.filter((sleeper) => sleeper !== next);
		elapsedMs = Math.max(elapsedMs, next.wakeAtMs);
		next.wake();
		return true;
	};

	const sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
		new Promise((resolve) => {
			if (signal?.aborted) {
				resolve();
				return;
			}
			const sleeper = { wakeAtMs: elapsedMs + ms, wake: resolve };
			sleepers.push(sleeper);
			signal?.addEventListener('abort', () => {
				sleepers = sleepers.filter((other) => other !== sleeper);
				resolve();
			});
		});

	return {
		now: () => wallClockMs + elapsedMs,
		sleep,
		jump: (ms) => {
			wallClockMs += ms;
		},
		elapsedMs: () => elapsedMs,
		at: (moment, action) => {
			sleepers.push({ wakeAtMs: moment, wake: action });
		},
		run: async (work) => {
			const end = new AbortController();
			const done = (): void => end.abort();
			work.then(done, done);
			for (;;) {
				await untilIdle();
				if (end.signal.aborted) return await work;
				if (!wakeNext()) throw new Error('Nothing is left that could finish the work');
			}
		},
	};
}
