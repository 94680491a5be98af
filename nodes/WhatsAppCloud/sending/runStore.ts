import { randomUUID } from 'node:crypto';
import { startLeaseHeartbeat, type LeaseHeartbeat } from './idempotency/leaseHeartbeat';
import type { MessageLog } from './messageLog';
import type { DeliverySettings } from './settings/deliveryFields';
import type { Lease } from '../store/outbox/outboxStore';
import { StateProblem } from '../store/stateProblem';
import type { Store } from '../store/store';
import type { Clock } from '../time/clock';
import { hasPassed } from '../time/passed';

/** The account's store as one run uses it: opened when first needed, with a lease kept alive. */
export interface RunStore {
	/** The lease on everything this run enqueues. */
	readonly lease: Lease;
	/**
	 * @returns null if the state is switched off, or failed and the user chose to go on without it
	 * @throws StateProblem if it cannot be opened and the user chose to stop in that case
	 */
	open: () => Promise<Store | null>;
	/**
	 * Goes on without the store for a while after it has failed.
	 *
	 * @throws the error, unless the state caused it and the user chose to go on in that case
	 */
	goOnWithout: (error: unknown) => void;
	/**
	 * Does some work with the store.
	 *
	 * @returns `without` if there is no store to use
	 * @throws StateProblem as for `open`
	 */
	use<Result>(work: (store: Store) => Promise<Result>, without: Result): Promise<Result>;
	/** See `LeaseHeartbeat`; true if the store was never opened. */
	stillOwns(operationId: string): Promise<boolean>;
	/**
	 * Stops renewing the lease.
	 *
	 * @returns the store if it was opened, even if it has failed since
	 */
	stop(): Promise<Store | null>;
}

/** What it needs from its run. */
interface StoreRun {
	/** Opens the account's store; null if the state is switched off. */
	openStore: () => Promise<Store | null>;
	executionId: string;
	settings: () => Pick<DeliverySettings, 'onStateProblem'>;
	clock: Clock;
	log: Pick<MessageLog, 'trouble'>;
}

/** An execution that does not renew its lease for this long counts as dead. */
const leaseMs = 20_000;

/** How long to leave a failed state alone, so that a slow one does not hold up every message. */
const troubleMs = 30_000;

/** Opens nothing yet; see `RunStore`. */
export function createRunStore({
	openStore,
	executionId,
	settings,
	clock,
	log,
}: StoreRun): RunStore {
	const lease: Lease = { owner: `${executionId}:${randomUUID()}`, leaseMs };
	let opening: Promise<Store | null> | undefined;
	/** When opening the state last failed; its error stands until it is tried again. */
	let openFailedAt: number | null = null;
	/** When the state last failed, if the user chose to go on without it. */
	let troubledAt = -Infinity;
	let heartbeat: LeaseHeartbeat | undefined;

	const isOver = (trouble: number): boolean => hasPassed(trouble, troubleMs, clock.now());

	const goOnWithout = (error: unknown): void => {
		const goOn = error instanceof StateProblem && settings().onStateProblem === 'continue';
		if (!goOn) throw error;
		troubledAt = clock.now();
		log.trouble('The state cannot be used; sending goes on without protection', error);
	};

	const openAccount = async (): Promise<Store | null> =>
		await openStore().catch((error: unknown) => {
			openFailedAt = clock.now();
			goOnWithout(error);
			return null;
		});

	const open = async (): Promise<Store | null> => {
		if (!isOver(troubledAt)) return null;
		if (opening === undefined || (openFailedAt !== null && isOver(openFailedAt))) {
			openFailedAt = null;
			opening = openAccount();
		}
		const store = await opening;
		if (store !== null) {
			heartbeat ??= startLeaseHeartbeat(store, lease, clock, (error) => {
				log.trouble('The lease of this run could not be renewed', error);
			});
		}
		return store;
	};

	return {
		lease,
		open,
		goOnWithout,
		async use(work, without) {
			const store = await open();
			if (store === null) return without;
			return await work(store).catch((error: unknown) => {
				goOnWithout(error);
				return without;
			});
		},
		stillOwns: async (operationId) =>
			heartbeat === undefined || (await heartbeat.stillOwns(operationId)),
		async stop() {
			await heartbeat?.stop();
			return (await opening?.catch(() => null)) ?? null;
		},
	};
}
