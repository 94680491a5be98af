import { sleep } from 'n8n-workflow';
import type { Clock } from '../../delivery/pacer';
import { steadySince } from '../../state/steadyClock';

/** The time of this machine. */
export const systemClock: Clock = {
	now: () => Date.now(),
	steadySince: () => steadySince(Date.now()),
	async sleep(ms, signal) {
		// It fails only when cancelled, and then ends early: whoever slept looks at the signal.
		await Promise.allSettled([sleep(ms, signal)]);
	},
};
