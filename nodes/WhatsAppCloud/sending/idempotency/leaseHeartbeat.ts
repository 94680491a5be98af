import type { Lease } from '../../store/outbox/outboxStore';
import type { Store } from '../../store/store';
import type { Clock } from '../../time/clock';
import { startHeartbeat, type Heartbeat } from '../../time/heartbeat';

/** Keeps a run's lease alive, which shows others that the run is alive. */
export interface LeaseHeartbeat extends Heartbeat {
	/**
	 * Whether the run still owns a message it has started. Call it right before the request leaves;
	 * it costs nothing while renewals are on time. After a stall, the process starts the message
	 * again if it was only marked as lost, and leaves it alone if another run has had it.
	 *
	 * @throws StateProblem if the lease may have ended and the store cannot be reached
	 */
	stillOwns(operationId: string): Promise<boolean>;
}

/** The clocks of hosts sharing a store may differ by a second. */
const clockToleranceMs = 1_000;

/** Renews the lease three times within its length. */
export function startLeaseHeartbeat(
	store: Store,
	lease: Lease,
	clock: Clock,
	onProblem: (error: unknown) => void,
): LeaseHeartbeat {
	let renewedAt = clock.now();
	const renew = async (): Promise<void> => {
		const now = clock.now();
		await store.outbox.renewLease(lease, now);
		renewedAt = now;
	};
	return {
		...startHeartbeat(clock, lease.leaseMs / 3, renew, onProblem),
		async stillOwns(operationId) {
			const now = clock.now();
			const ageMs = now - renewedAt;
			if (ageMs >= 0 && ageMs < lease.leaseMs - clockToleranceMs) return true;
			const [isOurs] = await store.outbox.start([operationId], 'own', lease, now);
			return isOurs === true;
		},
	};
}
