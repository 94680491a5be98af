import type { Page, PageRequest } from '../page';

/**
 * How an entry stands; stored values and permanent.
 * - `recorded`: enqueued, not started.
 * - `sending`: started by a process that holds a lease.
 * - `sent`: Meta accepted it.
 * - `failed`, `blocked`, `cancelled`: it surely did not go out.
 * - `unknown`: it may have gone out; never sent again unasked.
 */
export type EntryState =
	'recorded' | 'sending' | 'sent' | 'failed' | 'blocked' | 'unknown' | 'cancelled';

type CompletedState = Exclude<EntryState, 'recorded' | 'sending'>;

/**
 * Who works on entries, and for how long the owner counts as alive without renewal. One owner per
 * execution and process; all entries of an owner share one lease, so that a renewal is one write,
 * however many they are.
 */
export interface Lease {
	/** Unique for the process and execution, such as `<host>:<pid>:<random>:<executionId>`. */
	owner: string;
	/** 1,000 to `maxLeaseMs`. Renew after a third of it. */
	leaseMs: number;
}

/** `expiresAt` of an entry that is known as long as the store keeps it. */
export const asLongAsKept = 0;

/** A message that is to be sent. */
export interface OutboxMessage {
	/** Key of the message, unique in the whole store: put the account or workflow into it. */
	operationId: string;
	accountKey: string;
	workflowId: string;
	executionId: string;
	/** When the execution began, or the one that it repeats; left out where that is not known. */
	executionBegan?: number | null;
	nodeId: string;
	nodeName: string;
	runIndex: number;
	itemIndex: number;
	/** Which message of the item, from 0. */
	part: number;
	/** Item index, and a hash of workflow, node, run, item, input and payload: finds the entry again in a retried execution. */
	fingerprint: string;
	/** Hash of what is sent. The same key with another hash is a conflict. */
	payloadHash: string;
	phoneNumberId: string;
	/** The recipient as plain number or hash, as the caller keeps it. */
	recipientKey: string;
	campaign: string | null;
	/** JSON text of the request, for resuming; erased when the message completes with anything but `unknown`. */
	body: string | null;
	/**
	 * After this time the key of a sent message counts as unused; `asLongAsKept` for one that is
	 * known until it is purged. An `unknown` one never expires.
	 */
	expiresAt: number;
}

/** A message that an execution enqueues. */
export interface EnqueueRequest extends OutboxMessage {
	/**
	 * The key alone says that it is the same message: another payload, such as one with the time in
	 * its text, is no conflict.
	 */
	payloadMayDiffer?: boolean;
}

/** What the store knows about an outgoing message. */
export interface OutboxEntry extends OutboxMessage {
	state: EntryState;
	messageId: string | null;
	/** Requests made for it, by all its owners. */
	attempts: number;
	/** How often a repeated send was answered with this one. */
	duplicates: number;
	errorCode: number | null;
	errorClass: string | null;
	errorMessage: string | null;
	httpStatus: number | null;
	fbtraceId: string | null;
	latencyMs: number | null;
	tokenSlot: string | null;
	createdAt: number;
	sentAt: number | null;
	updatedAt: number;
	leaseOwner: string | null;
	/** End of the owner's lease; null without an owner, or if it has been dead for long. */
	leaseUntil: number | null;
}

/**
 * The answer to a message that was to be enqueued.
 * - `claimed`: it is the caller's, alone among all processes.
 * - `duplicate`: sent before; the entry has its message ID.
 * - `busy`: a living owner has enqueued or is sending it, or it appears earlier in this call.
 * - `unknown`: an earlier attempt may have gone out. An entry whose owner died while sending becomes
 *   `unknown` here.
 * - `conflict`: sent, being sent, enqueued by a living owner or unknown, with another account, or
 *   with another payload where that may not differ. What surely did not go out can be enqueued with
 *   another payload.
 */
export type EnqueueAnswer =
	| { outcome: 'claimed' }
	| { outcome: 'duplicate' | 'busy' | 'unknown' | 'conflict'; entry: OutboxEntry };

/** The outcome of a message, by its owner or by whoever closes an unknown one. */
export interface Completion {
	operationId: string;
	owner: string;
	/** `recorded` puts back what was started and surely did not go out, with its request. */
	state: CompletedState | 'recorded';
	messageId?: string | null;
	/** Requests made by this owner; added to those of earlier ones. */
	attempts?: number;
	errorCode?: number | null;
	errorClass?: string | null;
	errorMessage?: string | null;
	httpStatus?: number | null;
	fbtraceId?: string | null;
	/** Of the last request, in milliseconds. */
	latencyMs?: number | null;
	tokenSlot?: string | null;
	/** When Meta accepted it; `now` where left out. */
	sentAt?: number | null;
	/**
	 * To close an `unknown` entry of another owner: its `updatedAt` when it was read. If somebody has
	 * sent it again since then, it stays as it is.
	 */
	unknownSince?: number | null;
}

/** How the entry stands afterwards. */
export interface CompletionAnswer {
	/** False if the entry was not the caller's any more, or was complete already. */
	applied: boolean;
	/** Null if there is no such entry any more. */
	state: EntryState | null;
	/** The first message ID that became known. */
	messageId: string | null;
}

/** Which entries; all given parts must match. */
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
}

interface ReclaimRequest {
	accountKey: string;
	workflowId?: string;
	executionId?: string;
	campaign?: string;
	/** At most 1,000. */
	limit: number;
}

/** An unknown entry as it was read. */
export interface UnknownSince {
	/** Its `updatedAt`. */
	unknownSince: number;
}

/**
 * The outgoing messages. Each goes the same way: `enqueue`, `start` right before its request leaves,
 * `complete` with what became of it.
 */
export interface OutboxStore {
	/**
	 * Puts messages into the outbox: of all processes that enqueue the same one, one gets it. What an
	 * earlier attempt surely did not send (`failed`, `blocked`, `cancelled`, or `recorded` by the same
	 * or a dead owner) can be enqueued again, with the new payload. Starts or extends the lease.
	 *
	 * @param options.start also starts them, in the same write: for messages that leave at once
	 * @param options.steadySince since when the clock is known to have run steadily. The life of a
	 *   key counts from there at the earliest, so that a clock that jumps ends none
	 */
	enqueue(
		requests: readonly EnqueueRequest[],
		lease: Lease,
		now: number,
		options?: { start?: boolean; steadySince?: number | undefined },
	): Promise<EnqueueAnswer[]>;

	/**
	 * Starts entries, right before their requests leave: from `recorded` those of the same or a dead
	 * owner, from `unknown` any (only if the user chose to send unknown ones again), with
	 * `unknownSince` one that nobody has started since it was read, from `own` what the owner was
	 * sending, even if it was marked as lost in the meantime. False where another owner was faster.
	 */
	start(
		operationIds: readonly string[],
		from: 'recorded' | 'unknown' | 'own' | UnknownSince,
		lease: Lease,
		now: number,
	): Promise<boolean[]>;

	/**
	 * Writes down the outcomes. `sent` is always kept, even if the lease had been lost; any other
	 * state applies only to an entry of the owner (also one that was marked as lost, if nobody else
	 * has had it since), or to an `unknown` one as it was read (`unknownSince`). `sent` never changes
	 * again, and keeps its first message ID.
	 */
	complete(completions: readonly Completion[], now: number): Promise<CompletionAnswer[]>;

	/** Extends the lease of an owner. A dead lease can be revived, unless others have reclaimed its entries. */
	renewLease(lease: Lease, now: number): Promise<void>;

	/** Ends the lease at once, so that others can reclaim what is left without waiting. */
	releaseLease(owner: string, now: number): Promise<void>;

	/**
	 * Gives the caller what dead owners left `recorded`, oldest first; each entry goes to one caller.
	 * They stay `recorded`: `start` each before sending. What dead owners left `sending` becomes
	 * `unknown`. Entries whose key has expired stay where they are, and after a week so do those whose
	 * key never expires: nobody waits for such a message any more.
	 */
	reclaim(
		request: ReclaimRequest,
		lease: Lease,
		now: number,
	): Promise<{ entries: OutboxEntry[]; becameUnknown: number }>;

	/**
	 * Cancels what an owner has enqueued and not started, so that nobody reclaims it. For an execution
	 * that ended properly before everything was sent.
	 *
	 * @returns how many there were
	 */
	cancel(request: { accountKey: string; owner: string }, now: number): Promise<number>;

	/**
	 * Unknown entries, oldest first, including those whose owner died while sending, which become
	 * `unknown` here.
	 *
	 * @param request.changedBefore only those that became unknown before this time (grace period).
	 */
	listUnknown(
		request: EntryFilter & PageRequest & { changedBefore?: number },
		now: number,
	): Promise<Page<OutboxEntry>>;

	/** Null for what is not (or no longer) there, and for keys that have expired. */
	findByOperationId(operationIds: readonly string[], now: number): Promise<(OutboxEntry | null)[]>;

	/** Null for messages that were not sent through this store. */
	findByMessageId(messageIds: readonly string[]): Promise<(OutboxEntry | null)[]>;

	/**
	 * For each fingerprint the entries that have it, newest first, at most `limitEach` (1 to 20).
	 *
	 * @param request.executionBegan entries of executions that began at another time are left out
	 */
	findByFingerprint(request: {
		accountKey: string;
		fingerprints: readonly string[];
		executionBegan?: number | null;
		limitEach: number;
	}): Promise<OutboxEntry[][]>;

	countByState(filter: EntryFilter): Promise<Record<EntryState, number>>;
}
