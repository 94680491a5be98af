import { closeAsFailed } from '../idempotency/once';
import { mayGoLater, type Delivery, type OutgoingMessage } from '../attempt/outcome';
import { sendEntry, type Protection } from '../idempotency/settle';
import type { Lease, OutboxEntry } from '../../store/outbox/outboxStore';
import type { Page } from '../../store/page';
import { StateProblem } from '../../store/stateProblem';
import type { Store } from '../../store/store';
import { readRecorded, type RecordedMessage } from './recorded';
import { systemClock } from '../../time/system/systemClock';

/** Which left messages a run takes over, and how many at once. */
interface LeftOverFilter {
	workflowId?: string;
	campaign?: string;
	limit: number;
}

/** What became of a message that another execution had left. */
export interface LeftOverResult {
	message: OutgoingMessage;
	delivery: Delivery;
	/** Whether this run tried to send it; false where it was only closed. */
	isTried: boolean;
}

/**
 * Why nothing was done with a message.
 * - `taken`: another execution was faster.
 * - `cancelled`: this execution was cancelled; the next one sends it.
 * - `outside_hours`: the hours of its own run are over for now.
 * - `unreadable`: the store has forgotten the request, or does not hold it in a form that is known.
 */
export type LeftAlone = 'taken' | 'cancelled' | 'outside_hours' | 'unreadable';

/** Messages of the account that other executions have left. */
export interface LeftOver {
	/** Takes over what dead executions left recorded, oldest first; none left: an empty list. */
	adopt(filter: LeftOverFilter): Promise<OutboxEntry[]>;
	/** Messages whose outcome has been unknown since before a time, oldest first, in pages. */
	listUnknown(
		filter: LeftOverFilter,
		changedBefore: number,
		after: string | null,
	): Promise<Page<OutboxEntry>>;
	/**
	 * Sends a message that was recorded, or is unknown and may be sent again, at the pace and with the
	 * attempts of its own run. One that fails for a reason that lies not in it stays recorded.
	 *
	 * @throws StateProblem
	 */
	send(record: OutboxEntry): Promise<LeftOverResult | LeftAlone>;
	/**
	 * Closes an unknown message.
	 *
	 * @throws StateProblem
	 */
	closeAsFailed(record: OutboxEntry): Promise<LeftOverResult | LeftAlone>;
}

/** What it takes from the run. */
interface LeftOverRun {
	store(): Promise<Store | null>;
	accountKey: string;
	lease: Lease;
	protectionOf(store: Store): Protection;
	deliver(left: RecordedMessage, store: Store, begin: () => Promise<boolean>): Promise<Delivery>;
	/** Told of each message that this run has sent. */
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
			// An unknown one that waited when this run was cancelled was not touched, and stays unknown.
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

/** Where a run goes on without a state that cannot be used, it has nothing to resume. */
const noState = (): StateProblem =>
	new StateProblem('closed', 'The state cannot be used at the moment; what is left stays there');

/** What is left of a message whose request the store has forgotten: enough to name it. */
function messageOf(record: OutboxEntry): OutgoingMessage {
	const { operationId, phoneNumberId, payloadHash, recipientKey } = record;
	const recipient = { to: recipientKey };
	return { operationId, phoneNumberId, payloadHash, recipient, endpoint: 'messages', body: {} };
}
