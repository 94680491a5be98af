import type { EntryState, OutboxEntry, OutboxMessage } from './outboxEntry';
import type { Page, PageRequest } from '../page';

type CompletedState = Exclude<EntryState, 'recorded' | 'sending'>;

/**
 * Who is working on entries, and how long that owner counts as alive without renewing. There is one
 * owner per execution and process. All of an owner's entries share one lease, so that a renewal is
 * a single write, however many there are.
 */
export interface Lease {
	/** Unique per process and execution, such as `<host>:<pid>:<random>:<executionId>`. */
	owner: string;
	/** 1,000 to `maxLeaseMs`. Renew after a third of this time. */
	leaseMs: number;
}

/** A message that an execution enqueues. */
export interface EnqueueRequest extends OutboxMessage {
	/**
	 * The key alone identifies the message: a different payload, such as one with the time in its
	 * text, is no conflict.
	 */
	payloadMayDiffer?: boolean;
}

/**
 * The answer to enqueuing a message.
 * - `claimed`: it belongs to the caller, to no other process.
 * - `duplicate`: sent before; the entry has its message ID.
 * - `busy`: a live owner has enqueued it or is sending it, or it appears earlier in this call.
 * - `unknown`: an earlier attempt may have gone out. An entry whose owner died while sending
 *   becomes `unknown` here.
 * - `conflict`: the entry is sent, being sent, enqueued by a live owner or unknown, and has another
 *   account, or a different payload where that must not differ. What definitely did not go out can
 *   be enqueued with a different payload.
 */
export type EnqueueAnswer =
	| { outcome: 'claimed' }
	| { outcome: 'duplicate' | 'busy' | 'unknown' | 'conflict'; entry: OutboxEntry };

/** How many messages a person may get, so that one counts as it starts. */
export type CapCount = Omit<CappedStart, 'operationId' | 'from'>;

/** The outcome of a message, reported by its owner or by whoever closes an unknown one. */
export interface Completion {
	operationId: string;
	owner: string;
	/** `recorded` puts back a started entry that definitely did not go out, with its request. */
	state: CompletedState | 'recorded';
	messageId?: string | null;
	/** Requests made by this owner; added to those of earlier owners. */
	attempts?: number;
	errorCode?: number | null;
	errorClass?: string | null;
	errorMessage?: string | null;
	httpStatus?: number | null;
	fbtraceId?: string | null;
	/** Latency of the last request, in milliseconds. */
	latencyMs?: number | null;
	tokenSlot?: string | null;
	/** When Meta accepted it; default `now`. */
	sentAt?: number | null;
	/** What a `sent` message says, encrypted, for an account that keeps it. */
	text?: string | null;
	/** When a `blocked` message may be asked about again: it keeps its request until then. */
	retryAt?: number | null;
	/**
	 * To close another owner's `unknown` entry: its `updatedAt` when it was read. If someone has sent
	 * it again since, it is left unchanged.
	 */
	unknownSince?: number | null;
}

/** The state of the entry afterwards. */
export interface CompletionAnswer {
	/** False if the entry no longer belonged to the caller or was already complete. */
	applied: boolean;
	/** Null if the entry no longer exists. */
	state: EntryState | null;
	/** The first message ID to become known. */
	messageId: string | null;
}

/** Selects entries; every given condition must match. */
export interface EntryFilter {
	accountKey: string;
	/** Created at or after. */
	from?: number;
	/** Created before. */
	to?: number;
	campaign?: string;
	phoneNumberId?: string;
	workflowId?: string;
	executionId?: string;
	nodeId?: string;
}

interface ReclaimRequest {
	accountKey: string;
	workflowId?: string;
	executionId?: string;
	nodeId?: string;
	campaign?: string;
	/** At most 1,000. */
	limit: number;
}

/** Which of a person's messages are meant. */
export interface SentToRequest {
	accountKey: string;
	/** All keys of the person. */
	contactKeys: readonly string[];
	/** Only what went out after this time. */
	since: number;
	/** Only messages of this category, and those whose category nobody knows; null: all. */
	category: string | null;
}

/** A message that a person got, or may have got. */
export interface SentMessage {
	operationId: string;
	/** When it was accepted, or last changed. */
	at: number;
	isDelivered: boolean;
	isRead: boolean;
}

/** A message to start, unless its person has had as many as they may. */
export interface CappedStart extends SentToRequest {
	operationId: string;
	from: 'recorded' | UnknownSince;
	/** What Meta prices it as, for those that count after it; null leaves what was enqueued. */
	ownCategory: string | null;
	/** At most this many, this one included. */
	most: number;
}

/**
 * - `started`: it is the caller's.
 * - `taken`: another owner was faster.
 * - `capped`: the person has had enough; nothing was started.
 */
export type CappedStartAnswer = 'started' | 'taken' | 'capped';

/** Identifies an unknown entry as it was read. */
export interface UnknownSince {
	/** Its `updatedAt`. */
	unknownSince: number;
}

/**
 * The outgoing messages. Each takes the same path: `enqueue`, then `start` right before its request
 * leaves, then `complete` with the outcome.
 */
export interface OutboxStore {
	/**
	 * Puts messages into the outbox: if several processes enqueue the same one, only one gets it.
	 * What an earlier attempt definitely did not send (`failed`, `blocked`, `cancelled`, or
	 * `recorded` by the same or a dead owner) can be enqueued again, with the new payload. Starts or
	 * extends the lease.
	 *
	 * @param options.start also starts them, in the same write: for messages that leave at once
	 * @param options.steadySince the time since which the clock is known to have run steadily. A
	 *   key's lifetime counts from then at the earliest, so that a clock jump does not end any
	 * @param options.mayWaitMs how long they may wait for others to share their transaction
	 */
	enqueue(
		requests: readonly EnqueueRequest[],
		lease: Lease,
		now: number,
		options?: { start?: boolean; steadySince?: number | undefined; mayWaitMs?: number },
	): Promise<EnqueueAnswer[]>;

	/**
	 * Enqueues and starts a message in one transaction that counts what its person got; see
	 * `startWithin`.
	 *
	 * @returns `capped` if the person has had as many as they may; then nothing is enqueued
	 */
	enqueueWithin(
		request: EnqueueRequest,
		cap: CapCount,
		lease: Lease,
		now: number,
		options?: { steadySince?: number | undefined },
	): Promise<EnqueueAnswer | { outcome: 'capped' }>;

	/**
	 * Starts entries right before their requests leave. `recorded` starts entries of the same or a
	 * dead owner; `unknown` starts any unknown one (only if the user chose to send those again);
	 * `unknownSince` starts one that nobody has started since it was read; `own` starts what the
	 * owner was sending, even if it was marked as lost meanwhile. Returns false if another owner was
	 * faster.
	 */
	start(
		operationIds: readonly string[],
		from: 'recorded' | 'unknown' | 'own' | UnknownSince,
		lease: Lease,
		now: number,
	): Promise<boolean[]>;

	/**
	 * The same for messages to persons who may only get so many: counted and started in one
	 * transaction, so that no two processes start the last one. What another message of this person
	 * that waits for the same lock has started counts.
	 */
	startWithin(
		starts: readonly CappedStart[],
		lease: Lease,
		now: number,
	): Promise<CappedStartAnswer[]>;

	/**
	 * What went out, or may have, to a person under their keys, newest first. What Meta accepted and
	 * then failed to deliver is left out.
	 */
	sentTo(request: SentToRequest): Promise<SentMessage[]>;

	/**
	 * Records outcomes. `sent` always applies, even if the lease was lost. Any other state applies
	 * only to the owner's entry (even if marked as lost, provided nobody else has had it since), or
	 * to an `unknown` one as it was read (`unknownSince`). `sent` never changes again and keeps its
	 * first message ID.
	 *
	 * @param options.mayWaitMs how long they may wait for others to share their transaction
	 */
	complete(
		completions: readonly Completion[],
		now: number,
		options?: { mayWaitMs?: number },
	): Promise<CompletionAnswer[]>;

	/**
	 * Extends an owner's lease. A dead lease can be revived unless others have reclaimed its entries.
	 */
	renewLease(lease: Lease, now: number): Promise<void>;

	/** Ends the lease immediately, so that others can reclaim what is left without waiting. */
	releaseLease(owner: string, now: number): Promise<void>;

	/**
	 * Gives the caller what dead owners left `recorded`, and what is `blocked` until now, oldest
	 * first; each entry goes to one caller.
	 * They stay `recorded`: `start` each before sending. What dead owners left `sending` becomes
	 * `unknown`. Entries whose key has expired are left alone, and so, after a week, are those whose
	 * key never expires: nobody is waiting for such a message any more.
	 */
	reclaim(
		request: ReclaimRequest,
		lease: Lease,
		now: number,
	): Promise<{ entries: OutboxEntry[]; becameUnknown: number }>;

	/** The accounts in whose name a trigger has enqueued confirmations that have not ended. */
	accountsOfOrphaned(trigger: { workflowId: string; nodeId: string }): Promise<string[]>;

	/**
	 * Cancels what an owner has enqueued but not started, so that nobody reclaims it. For an
	 * execution that ended normally before everything was sent.
	 *
	 * @returns how many there were
	 */
	cancel(request: { accountKey: string; owner: string }, now: number): Promise<number>;

	/** Deletes what an owner has enqueued but not started, as if it had never been. */
	takeBack(operationIds: readonly string[], owner: string): Promise<void>;

	/**
	 * Lists unknown entries, oldest first, including those whose owner died while sending; these
	 * become `unknown` here.
	 *
	 * @param request.changedBefore only those that became unknown before this time (grace period).
	 */
	listUnknown(
		request: EntryFilter & PageRequest & { changedBefore?: number },
		now: number,
	): Promise<Page<OutboxEntry>>;

	/** Null for entries that do not exist (any more) and for expired keys. */
	findByOperationId(operationIds: readonly string[], now: number): Promise<(OutboxEntry | null)[]>;

	/** Null for messages that were not sent through this store. */
	findByMessageId(messageIds: readonly string[]): Promise<(OutboxEntry | null)[]>;

	/**
	 * For each fingerprint, the entries with it, newest first, at most `limitEach` (1 to 20).
	 *
	 * @param request.executionBegan leaves out entries of executions that began at another time
	 */
	findByFingerprint(request: {
		accountKey: string;
		fingerprints: readonly string[];
		executionBegan?: number | null;
		limitEach: number;
	}): Promise<OutboxEntry[][]>;

	countByState(filter: EntryFilter): Promise<Record<EntryState, number>>;
}
