import { sleep } from 'n8n-workflow';
import type { Clock } from '../clock';
import { minuteMs } from '../durations';

/** A machine's clock is corrected by less than this while it keeps going. */
const correctionMs = minuteMs;

const loaded = { clockMs: Date.now(), runningMs: performance.now() };

/** Since when this process has seen the clock keep going, as fast as time itself. */
export function steadySince(now: number): number {
	const ranMs = performance.now() - loaded.runningMs;
	return Math.abs(now - loaded.clockMs - ranMs) < correctionMs ? loaded.clockMs : now;
}

/** The time of this machine. */
export const systemClock: Clock = {
	now: () => Date.now(),
	steadySince: () => steadySince(Date.now()),
	async sleep(ms, signal) {
		// It fails only when cancelled, and then ends early: whoever slept looks at the signal.
		await Promise.allSettled([sleep(ms, signal)]);
	},
};
