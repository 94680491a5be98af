import type { Lease } from '../../store/outbox/outboxStore';
import type { Store } from '../../store/store';
import type { Clock } from '../../time/clock';

/** The lease of one run, which tells the others that the run is alive. */
export interface HeldLease {
	/**
	 * Whether a message that the run claimed is still its own, to be asked right before the request
	 * leaves. Costs nothing while the lease has been renewed in time. A process that stood still for
	 * longer takes back what was only taken for lost, and leaves alone what another has taken over.
	 *
	 * @throws StateProblem when the lease may have ended and the store cannot be asked
	 */
	stillHolds(operationId: string): Promise<boolean>;
	/** Ends the renewal, one that is under way included: it must not come after the release. */
	stop(): Promise<void>;
}

/** The clocks of hosts that share a store may differ by a second. */
const clockToleranceMs = 1_000;

/** Renews the lease three times as often as it ends. A renewal that fails is told and made again. */
export function holdLease(
	store: Store,
	lease: Lease,
	clock: Clock,
	onProblem: (error: unknown) => void,
): HeldLease {
	const end = new AbortController();
	let renewedAt = clock.now();

	const renew = async (): Promise<void> => {
		const now = clock.now();
		await store.outbox.renewLease(lease, now);
		renewedAt = now;
	};
	const keepRenewing = async (): Promise<void> => {
		for (;;) {
			await clock.sleep(lease.leaseMs / 3, end.signal);
			if (end.signal.aborted) return;
			await renew().catch(onProblem);
		}
	};
	const renewing = keepRenewing();

	return {
		async stillHolds(operationId) {
			const ageMs = clock.now() - renewedAt;
			if (ageMs >= 0 && ageMs < lease.leaseMs - clockToleranceMs) return true;
			const now = clock.now();
			const [isOurs] = await store.outbox.start([operationId], 'own', lease, now);
			return isOurs === true;
		},
		async stop() {
			end.abort();
			await renewing;
		},
	};
}
