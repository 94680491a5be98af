import type { Clock } from './clock';

/** A renewal that repeats by itself. */
export interface Heartbeat {
	/** Ends it and waits for a renewal in progress, which must not come after a release. */
	stop(): Promise<void>;
}

/**
 * Renews something repeatedly.
 *
 * @param everyMs pause before each renewal
 * @param renew its errors go to `onProblem`; the next renewal happens anyway
 */
export function startHeartbeat(
	clock: Pick<Clock, 'sleep'>,
	everyMs: number,
	renew: () => Promise<unknown>,
	onProblem: (error: unknown) => void,
): Heartbeat {
	const end = new AbortController();
	const keepRenewing = async (): Promise<void> => {
		for (;;) {
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
