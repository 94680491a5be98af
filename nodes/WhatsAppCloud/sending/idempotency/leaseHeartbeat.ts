import type { Lease } from '../../store/outbox/outboxStore';
import type { Store } from '../../store/store';
import type { Clock } from '../../time/clock';
import { startHeartbeat, type Heartbeat } from '../../time/heartbeat';

/** Keeps the lease of one run alive, which shows the others that the run is. */
export interface LeaseHeartbeat extends Heartbeat {
	/**
	 * Whether the run still owns a message that it has started, to be asked right before the request
	 * leaves. Costs nothing while renewals are on time. A process that stalled for longer starts the
	 * message again if it was only marked as lost, and leaves it alone if another run has had it.
	 *
	 * @throws StateProblem when the lease may have ended and the store cannot be asked
	 */
	stillOwns(operationId: string): Promise<boolean>;
}

/** The clocks of hosts that share a store may differ by a second. */
const clockToleranceMs = 1_000;

/** Renews the lease three times as often as it ends. */
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
