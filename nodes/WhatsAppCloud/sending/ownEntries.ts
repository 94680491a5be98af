import {
	completionOf,
	type Protection,
	type SendOnceResult,
	type Start,
} from './idempotency/sendEntry';
import { KeyConflict, sendOnce } from './idempotency/sendOnce';
import type { SendResult } from './attempt/outcome';
import { createKeyedQueue } from '../concurrency/pool';
import type { CapCount, Completion, EnqueueRequest, Lease } from '../store/outbox/outboxStore';
import type { Store } from '../store/store';
import type { Clock } from '../time/clock';

/** Sends a message, calling `start` before each request; see `sendEntry`. */
type Deliver = (start: Start) => Promise<SendResult>;

/** The outbox entries of one run, which shares each key among its messages. */
export interface OwnEntries {
	/**
	 * Enqueues messages to be sent later in this run.
	 *
	 * @throws StateProblem
	 */
	enqueue(requests: readonly EnqueueRequest[], store: Store): Promise<void>;
	/**
	 * Sends a message once; see `sendOnce`. A run's messages that share a key go one after the other;
	 * the first holds the key.
	 *
	 * @param plan.leavesAtOnce it need not wait, so that one write enqueues and starts it
	 * @param plan.cap what this write counts; null: nothing
	 * @throws KeyConflict when the key belongs to another message
	 * @throws StateProblem if the store cannot be used; nothing was sent in that case
	 */
	send(
		request: EnqueueRequest,
		protection: Protection,
		deliver: Deliver,
		plan: { leavesAtOnce: boolean; cap: CapCount | null },
	): Promise<SendOnceResult>;
	/**
	 * Remembers a message that went out without the store: if this run may have enqueued it, its entry
	 * is completed as soon as the store works again, at the latest when the run ends.
	 */
	sentUnprotected(operationId: string, result: SendResult): void;
	/**
	 * Completes what went out unprotected and cancels what was not sent, so that nobody reclaims it:
	 * others may send only what a killed process left behind.
	 *
	 * @throws StateProblem
	 */
	close(accountKey: string, store: Store): Promise<void>;
}

/** What a run knows about one of its incomplete messages; the rest is in the store. */
interface OwnEntry extends Pick<
	EnqueueRequest,
	'itemIndex' | 'part' | 'payloadHash' | 'phoneNumberId'
> {
	/** False if it is not enqueued or the store has not said so. */
	isEnqueued: boolean;
}

/** @param mayWaitMs how long a message may wait to be enqueued, while so many wait for their turn */
export function createOwnEntries(
	lease: Lease,
	clock: Clock,
	mayWaitMs: (waiting: number) => number = () => 0,
): OwnEntries {
	/** What this run may have enqueued or is sending, by operation ID. */
	const own = new Map<string, OwnEntry>();
	const inKeyQueue = createKeyedQueue();
	const unprotected = new Set<Completion>();
	let completing: Promise<void> | undefined;
	/** How many enqueued messages wait for their turn. */
	let waiting = 0;
	/** Whether anything may still be enqueued when the run ends. */
	let mayLeaveEntries = false;

	const remember = (request: EnqueueRequest, isEnqueued: boolean): void => {
		const { operationId, itemIndex, part, payloadHash, phoneNumberId } = request;
		own.set(operationId, { itemIndex, part, payloadHash, phoneNumberId, isEnqueued });
	};

	const completeUnprotected = async (store: Store): Promise<void> => {
		while (unprotected.size > 0) {
			await (completing ??= completeAll(store).finally(() => (completing = undefined)));
		}
	};
	const completeAll = async (store: Store): Promise<void> => {
		const completions = [...unprotected];
		await store.outbox.complete(completions, clock.now());
		for (const completion of completions) unprotected.delete(completion);
	};

	/** Counts the message as waiting until it starts. */
	const counted =
		(deliver: Deliver): Deliver =>
		async (start) => {
			let isWaiting = true;
			waiting++;
			const leave = (): void => {
				if (isWaiting) waiting--;
				isWaiting = false;
			};
			return await deliver(async (cap) => {
				leave();
				return await start(cap);
			}).finally(leave);
		};

	return {
		async enqueue(requests, store) {
			await completeUnprotected(store);
			// Of messages with the same key, the first holds it.
			const isNew = ({ operationId }: EnqueueRequest): boolean => !own.has(operationId);
			const added = requests.filter(isNew);
			if (added.length === 0) return;
			const steadySince = clock.steadySince?.();
			mayLeaveEntries = true;
			const answers = await store.outbox
				.enqueue(added, lease, clock.now(), { steadySince })
				.catch((error: unknown) => {
					// The answer may be lost, or only the last part of a large batch not enqueued.
					for (const request of added.filter(isNew)) remember(request, false);
					throw error;
				});
			answers.forEach(({ outcome }, index) => {
				const request = added[index];
				if (outcome === 'claimed' && request !== undefined) remember(request, true);
			});
		},
		async send(request, protection, deliver, plan) {
			const { operationId, itemIndex, part, payloadHash } = request;
			const { outcomeMayWaitMs = () => 0 } = protection;
			const holder = own.get(operationId);
			const isItself = holder?.itemIndex === itemIndex && holder.part === part;
			if (holder !== undefined && !isItself && holder.payloadHash !== payloadHash) {
				throw new KeyConflict(holder);
			}
			return await inKeyQueue(operationId, async () => {
				const known = own.get(operationId);
				// With another content, its entry must be that of what goes.
				const isEnqueued = known?.isEnqueued === true && known.payloadHash === payloadHash;
				remember(request, isEnqueued);
				await completeUnprotected(protection.store);
				const result = await sendOnce(
					request,
					{
						...protection,
						outcomeMayWaitMs: () => (waiting > 0 ? outcomeMayWaitMs() : 0),
						enqueuingMayWaitMs: () => mayWaitMs(waiting),
					},
					counted(deliver),
					{ isEnqueued, ...plan },
				).catch((error: unknown) => {
					mayLeaveEntries = true;
					if (error instanceof KeyConflict) own.delete(operationId);
					throw error;
				});
				own.delete(operationId);
				return result;
			});
		},
		sentUnprotected(operationId, result) {
			if (own.has(operationId)) unprotected.add(completionOf(operationId, lease, result));
		},
		async close(accountKey, store) {
			await completeUnprotected(store);
			const now = clock.now();
			if (mayLeaveEntries) await store.outbox.cancel({ accountKey, owner: lease.owner }, now);
			await store.outbox.releaseLease(lease.owner, now);
		},
	};
}
