import type { Clock } from './clock';

/** A renewal that goes on by itself. */
export interface Heartbeat {
	/** Ends it, and waits for a renewal that is under way: it must not come after a release. */
	stop(): Promise<void>;
}

/**
 * Renews something again and again.
 *
 * @param everyMs pause before each renewal
 * @param renew whose error goes to `onProblem`; the next renewal comes all the same
 * @param longestMs after which it ends by itself
 */
export function startHeartbeat(
	clock: Pick<Clock, 'sleep'>,
	everyMs: number,
	renew: () => Promise<unknown>,
	onProblem: (error: unknown) => void,
	longestMs = Infinity,
): Heartbeat {
	const end = new AbortController();
	const keepRenewing = async (): Promise<void> => {
		for (let lastedMs = 0; lastedMs < longestMs; lastedMs += everyMs) {
			await clock.sleep(everyMs, end.signal);
			if (end.signal.aborted) return;
			await renew().catch(onProblem);
		}
	};
	const renewing = keepRenewing();
	return {
		async stop() {
			end.abort();
			await renewing;
		},
	};
}
