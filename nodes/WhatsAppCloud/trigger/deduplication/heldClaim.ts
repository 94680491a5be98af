import type { SeenEventStore } from '../../store/seenEvents/seenEventStore';
import type { ClaimContext } from './claims';
import { CLAIM_LEASE_MS, LONGEST_ANSWER_MS } from '../receive/patience';

/** A claim whose request is open: nobody else takes its events meanwhile. */
export interface HeldClaim {
	/** Ends the renewal, one that is under way included: it must not come after the claim is settled. */
	stop(): Promise<void>;
}

/**
 * Renews a claim three times as often as it ends. A renewal that fails is told and made again. An
 * answer that never comes does not hold the events for ever: after {@link LONGEST_ANSWER_MS} they
 * are left to the next delivery.
 */
export function holdClaim(
	store: SeenEventStore,
	scope: string,
	{ keys, claimId }: { keys: readonly string[]; claimId: string },
	clock: ClaimContext,
	onProblem: (error: unknown) => void,
): HeldClaim {
	const end = new AbortController();
	const everyMs = CLAIM_LEASE_MS / 3;

	const keepRenewing = async (): Promise<void> => {
		for (let heldMs = 0; heldMs < LONGEST_ANSWER_MS; heldMs += everyMs) {
			await clock.sleep(everyMs, end.signal);
			if (end.signal.aborted) return;
			await store.renew(scope, keys, claimId, CLAIM_LEASE_MS, clock.now()).catch(onProblem);
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
