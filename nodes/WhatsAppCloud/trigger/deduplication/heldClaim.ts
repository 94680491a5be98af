import type { SeenEventStore } from '../../store/seenEvents/seenEventStore';
import type { Clock } from '../../time/clock';
import { startHeartbeat, type Heartbeat } from '../../time/heartbeat';
import { CLAIM_LEASE_MS, LONGEST_ANSWER_MS } from '../timeouts';

/**
 * Renews a claim while its request is pending, so that nobody else takes its events. If no answer
 * ever comes, it does not hold them forever: after {@link LONGEST_ANSWER_MS} the next delivery gets
 * them.
 */
export const holdClaim = (
	store: SeenEventStore,
	scope: string,
	{ keys, claimId }: { keys: readonly string[]; claimId: string },
	clock: Pick<Clock, 'now' | 'sleep'>,
	onProblem: (error: unknown) => void,
): Heartbeat =>
	startHeartbeat(
		clock,
		CLAIM_LEASE_MS / 3,
		async () => await store.renew(scope, keys, claimId, CLAIM_LEASE_MS, clock.now()),
		onProblem,
		LONGEST_ANSWER_MS,
	);
