import { sleep } from 'n8n-workflow';
import type { Clock } from '../clock';
import { minuteMs } from '../durations';

/** Corrections to a steadily running clock stay below this. */
const correctionMs = minuteMs;

const loaded = { clockMs: Date.now(), runningMs: performance.now() };

/** The time since which this process has seen the clock run steadily, in step with elapsed time. */
export function steadySince(now: number): number {
	const ranMs = performance.now() - loaded.runningMs;
	return Math.abs(now - loaded.clockMs - ranMs) < correctionMs ? loaded.clockMs : now;
}

/** This machine's time. */
export const systemClock: Clock = {
	now: () => Date.now(),
	steadySince: () => steadySince(Date.now()),
	hasJumped: () => steadySince(Date.now()) !== loaded.clockMs,
	async sleep(ms, signal) {
		// It fails only when cancelled, and then ends early; the caller checks the signal.
		await Promise.allSettled([sleep(ms, signal)]);
	},
};
