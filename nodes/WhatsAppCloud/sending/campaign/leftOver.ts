import { closeAsFailed } from '../idempotency/once';
import { mayGoLater, type Delivery, type OutgoingMessage } from '../attempt/outcome';
import { sendEntry, type Protection } from '../idempotency/settle';
import type { Lease, OutboxEntry } from '../../store/outbox/outboxStore';
import type { Page } from '../../store/page';
import { StateProblem } from '../../store/stateProblem';
import type { Store } from '../../store/store';
import { readRecorded, type RecordedMessage } from './recorded';
import { systemClock } from '../../time/system/systemClock';

/** Which orphaned messages a run takes over, and how many at once. */
interface LeftOverFilter {
	workflowId?: string;
	campaign?: string;
	limit: number;
}

/** What became of an orphaned message. */
export interface LeftOverResult {
	message: OutgoingMessage;
	delivery: Delivery;
	/** Whether this run tried to send it; false if it only closed it. */
	isTried: boolean;
}

/**
 * Why a message was left alone.
 * - `taken`: another execution was faster.
 * - `cancelled`: this execution was cancelled; the next one sends it.
 * - `outside_hours`: it is outside the sending hours of the run that enqueued it.
 * - `unreadable`: the store no longer has the request, or has it in a form this version cannot
 *   read.
 */
export type LeftAlone = 'taken' | 'cancelled' | 'outside_hours' | 'unreadable';

/** The account's orphaned messages, left by other executions. */
export interface LeftOver {
	/** Reclaims what dead executions left enqueued, oldest first; empty if nothing is left. */
	adopt(filter: LeftOverFilter): Promise<OutboxEntry[]>;
	/**
	 * Lists messages whose outcome has been unknown since before a given time, oldest first, in
	 * pages.
	 */
	listUnknown(
		filter: LeftOverFilter,
		changedBefore: number,
		after: string | null,
	): Promise<Page<OutboxEntry>>;
	/**
	 * Sends a message that is enqueued, or whose outcome is unknown and that may be sent again. It
	 * uses the pace and retry limits of the run that enqueued it. If it fails for a reason other than
	 * the message itself, it stays enqueued.
	 *
	 * @throws StateProblem
	 */
	send(record: OutboxEntry): Promise<LeftOverResult | LeftAlone>;
	/**
	 * Closes a message with an unknown outcome.
	 *
	 * @throws StateProblem
	 */
	closeAsFailed(record: OutboxEntry): Promise<LeftOverResult | LeftAlone>;
}

/** What it needs from the run. */
interface LeftOverRun {
	store(): Promise<Store | null>;
	accountKey: string;
	lease: Lease;
	protectionOf(store: Store): Protection;
	deliver(left: RecordedMessage, store: Store, begin: () => Promise<boolean>): Promise<Delivery>;
	/** Called for each message this run has sent. */
	delivered(message: OutgoingMessage, delivery: Delivery): void;
}

export function createLeftOver(run: LeftOverRun): LeftOver {
	const { accountKey, lease } = run;
	return {
		async adopt(filter) {
			const store = await run.store();
			if (store === null) return [];
			const request = { accountKey, ...filter };
			return (await store.outbox.reclaim(request, lease, systemClock.now())).entries;
		},
		async listUnknown(filter, changedBefore, after) {
			const store = await run.store();
			if (store === null) return { entries: [], next: null };
			const request = { accountKey, ...filter, changedBefore, after };
			return await store.outbox.listUnknown(request, systemClock.now());
		},
		async send(record) {
			const store = await run.store();
			const left = readRecorded(record, systemClock.now());
			if (left === null) return 'unreadable';
			if (!left.mayGoNow) return 'outside_hours';
			if (store === null) throw noState();
			const { operationId, state, updatedAt: unknownSince } = record;
			const delivery = await sendEntry(
				operationId,
				state === 'unknown' ? { unknownSince } : 'enqueued',
				run.protectionOf(store),
				(start) => run.deliver(left, store, start),
				{ isForLater: mayGoLater },
			);
			if (delivery === null) return 'taken';
			// An unknown message still waiting when this run was cancelled is untouched and stays
			// unknown.
			const wasNotTried = delivery.attempts === 0 && delivery.error === null;
			if (delivery.outcome === 'cancelled' || wasNotTried) return 'cancelled';
			run.delivered(left.message, delivery);
			return { message: left.message, delivery, isTried: true };
		},
		async closeAsFailed(record) {
			const store = await run.store();
			if (store === null) throw noState();
			const left = readRecorded(record, systemClock.now());
			const delivery = await closeAsFailed(record, run.protectionOf(store));
			if (delivery === null) return 'taken';
			return { message: left?.message ?? messageOf(record), delivery, isTried: false };
		},
	};
}

/** A run that carries on without its state has nothing to resume. */
const noState = (): StateProblem =>
	new StateProblem('closed', 'The state cannot be used at the moment; what is left stays there');

/** All that is left of a message whose request the store no longer has: enough to identify it. */
function messageOf(record: OutboxEntry): OutgoingMessage {
	const { operationId, phoneNumberId, payloadHash, recipientKey } = record;
	const recipient = { to: recipientKey };
	return { operationId, phoneNumberId, payloadHash, recipient, endpoint: 'messages', body: {} };
}
