import { closeAsFailed } from '../idempotency/sendOnce';
import { mayGoLater, type SendResult, type OutgoingMessage } from '../attempt/outcome';
import { sendEntry, type Protection, type Start } from '../idempotency/sendEntry';
import type { OutboxEntry } from '../../store/outbox/outboxEntry';
import type { Lease } from '../../store/outbox/outboxStore';
import type { Page } from '../../store/page';
import { StateProblem } from '../../store/stateProblem';
import type { Store } from '../../store/store';
import type { Clock } from '../../time/clock';
import { readStoredRequest, type StoredMessage } from './storedRequest';

/** Which orphaned messages a run reclaims, and how many at once. */
interface OrphanFilter {
	workflowId?: string;
	campaign?: string;
	limit: number;
}

/** What became of an orphaned message. */
export interface OrphanResult {
	message: OutgoingMessage;
	result: SendResult;
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
export interface OrphanedMessages {
	/** Reclaims what dead executions left enqueued, oldest first; empty if nothing is left. */
	reclaim(filter: OrphanFilter): Promise<OutboxEntry[]>;
	/**
	 * Lists messages whose outcome has been unknown since before a given time, oldest first, in
	 * pages.
	 */
	listUnknown(
		filter: OrphanFilter,
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
	send(entry: OutboxEntry): Promise<OrphanResult | LeftAlone>;
	/**
	 * Closes a message with an unknown outcome.
	 *
	 * @throws StateProblem
	 */
	closeAsFailed(entry: OutboxEntry): Promise<OrphanResult | LeftAlone>;
}

/** What it needs from the run. */
interface OrphansRun {
	store(): Promise<Store | null>;
	accountKey: string;
	/** Decrypts requests. */
	appSecret: string;
	lease: Lease;
	clock: Clock;
	protectionOf(store: Store): Protection;
	deliver(stored: StoredMessage, store: Store, start: Start): Promise<SendResult>;
	/** Called for each message this run has sent. */
	delivered(message: OutgoingMessage, result: SendResult): void;
}

export function createOrphanedMessages(run: OrphansRun): OrphanedMessages {
	const { accountKey, appSecret, lease, clock } = run;
	return {
		async reclaim(filter) {
			const store = await run.store();
			if (store === null) return [];
			const request = { accountKey, ...filter };
			return (await store.outbox.reclaim(request, lease, clock.now())).entries;
		},
		async listUnknown(filter, changedBefore, after) {
			const store = await run.store();
			if (store === null) return { entries: [], next: null };
			const request = { accountKey, ...filter, changedBefore, after };
			return await store.outbox.listUnknown(request, clock.now());
		},
		async send(entry) {
			const store = await run.store();
			const stored = readStoredRequest(entry, clock.now(), appSecret);
			if (stored === null) return 'unreadable';
			if (!stored.mayGoNow) return 'outside_hours';
			if (store === null) throw noState();
			const { operationId, state, updatedAt: unknownSince } = entry;
			const result = await sendEntry(
				operationId,
				state === 'unknown' ? { unknownSince } : 'enqueued',
				run.protectionOf(store),
				(start) => run.deliver(stored, store, start),
				{ isForLater: mayGoLater },
			);
			if (result === null) return 'taken';
			// An unknown message still waiting when this run was cancelled is untouched and stays
			// unknown.
			const isBlocked = result.blocked !== undefined;
			const wasNotTried = result.attempts === 0 && result.error === null && !isBlocked;
			if (result.outcome === 'cancelled' || wasNotTried) return 'cancelled';
			run.delivered(stored.message, result);
			return { message: stored.message, result, isTried: true };
		},
		async closeAsFailed(entry) {
			const store = await run.store();
			if (store === null) throw noState();
			const stored = readStoredRequest(entry, clock.now(), appSecret);
			const result = await closeAsFailed(entry, run.protectionOf(store));
			if (result === null) return 'taken';
			return { message: stored?.message ?? messageOf(entry), result, isTried: false };
		},
	};
}

/** A run that carries on without its state has nothing to resume. */
const noState = (): StateProblem =>
	new StateProblem(
		'closed',
		'The state cannot be used at the moment; orphaned messages stay in it',
	);

/** All that is left of a message whose request the store no longer has: enough to identify it. */
function messageOf(entry: OutboxEntry): OutgoingMessage {
	const { operationId, phoneNumberId, payloadHash, recipientKey } = entry;
	const recipient = { to: recipientKey };
	return { operationId, phoneNumberId, payloadHash, recipient, endpoint: 'messages', body: {} };
}
