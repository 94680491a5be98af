import type { Page, PageRequest } from '../page';

/**
 * What became of an outgoing message.
 * - `recorded`: in the store, not yet started.
 * - `sending`: taken by a process that holds a lease.
 * - `sent`: Meta accepted it.
 * - `failed`, `blocked`, `cancelled`: it surely did not go out.
 * - `unknown`: it may have gone out; never sent again unasked.
 */
export type OperationState =
	'recorded' | 'sending' | 'sent' | 'failed' | 'blocked' | 'unknown' | 'cancelled';

type SettledState = Exclude<OperationState, 'recorded' | 'sending'>;

/**
 * Who works on operations, and for how long it counts as living without renewal. One owner per
 * execution and process; all operations of an owner share one lease, so that renewing is one write
 * however many they are.
 */
export interface Lease {
	/** Unique for the process and execution, such as `<host>:<pid>:<random>:<executionId>`. */
	owner: string;
	/** 1,000 to `maxLeaseMs`. Renew after a third of it. */
	leaseMs: number;
}

/** `expiresAt` of an operation that is known as long as the store keeps it. */
export const asLongAsKept = 0;

/** A message that is to be sent. */
export interface OperationIntent {
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
	/** Item index, and a hash of workflow, node, run, item, input and payload: finds the operation again in a retried execution. */
	fingerprint: string;
	/** Hash of what is sent. The same key with another hash is a conflict. */
	payloadHash: string;
	phoneNumberId: string;
	/** The recipient as plain number or hash, as the caller keeps it. */
	recipientKey: string;
	campaign: string | null;
	/** JSON text of the request, for resuming; forgotten when the message is settled other than `unknown`. */
	body: string | null;
	/**
	 * After this time the key of an operation that was sent counts as unused; `asLongAsKept` for one
	 * that is known until it is purged. An `unknown` one never expires.
	 */
	expiresAt: number;
}

/** A message that an execution claims. */
export interface ClaimIntent extends OperationIntent {
	/**
	 * The key says by itself that it is the same message: another payload, such as one with the time
	 * in its text, is no conflict.
	 */
	payloadMayDiffer?: boolean;
}

/** What the store knows about an outgoing message. */
export interface OperationRecord extends OperationIntent {
	state: OperationState;
	messageId: string | null;
	/** Requests made for it, over all claims. */
	attempts: number;
	/** How often a second send was answered with this one. */
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
	/** End of the owner's lease; null where there is no owner, or it is dead for long. */
	leaseUntil: number | null;
}

/**
 * What came of a claim.
 * - `claimed`: it is the caller's, alone among all processes.
 * - `duplicate`: sent before; the record has its message ID.
 * - `busy`: a living owner has recorded or is sending it, or it stands in this call already.
 * - `unknown`: an earlier attempt may have gone out. An operation whose owner died while sending
 *   becomes `unknown` here.
 * - `conflict`: sent, being sent, recorded by a living owner or unknown, with another account, or
 *   with another payload where that may not differ. What surely did not go out may be claimed with another payload.
 */
export type ClaimAnswer =
	| { outcome: 'claimed' }
	| { outcome: 'duplicate' | 'busy' | 'unknown' | 'conflict'; record: OperationRecord };

/** What became of a message, as told by its owner or by whoever closes an unknown one. */
export interface Settlement {
	operationId: string;
	owner: string;
	/** `recorded` gives back what was taken and surely did not go out, with its request. */
	state: SettledState | 'recorded';
	messageId?: string | null;
	/** Requests made under this claim; added to those of earlier claims. */
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
	 * To close an `unknown` operation of another owner: `updatedAt` of the record that was read. Where
	 * somebody has sent it again since then, it stays as it is.
	 */
	unknownSince?: number | null;
}

/** How the operation stands after settling. */
export interface SettleAnswer {
	/** False where the operation was not the caller's any more, or was settled before. */
	applied: boolean;
	/** Null where there is no such operation any more. */
	state: OperationState | null;
	/** The first message ID that became known. */
	messageId: string | null;
}

/** Which operations; all given parts must fit. */
export interface OperationFilter {
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

interface AdoptRequest {
	accountKey: string;
	workflowId?: string;
	executionId?: string;
	campaign?: string;
	/** At most 1,000. */
	limit: number;
}

/** An unknown operation as it was read. */
export interface UnknownSince {
	/** Its `updatedAt`. */
	unknownSince: number;
}

export interface OperationStore {
	/**
	 * Claims operations for sending at once: of all processes that claim the same, one gets it.
	 * What an earlier attempt surely did not send (`failed`, `blocked`, `cancelled`, or `recorded` by
	 * the same or a dead owner) is claimed again, with the new payload. Starts or extends the lease.
	 *
	 * @param steadySince from then on the clock has kept going, as far as the caller knows. The life
	 *   of a key counts from there at the earliest, so that a leap of the clock ends none
	 */
	claim(
		intents: readonly ClaimIntent[],
		lease: Lease,
		now: number,
		steadySince?: number,
	): Promise<ClaimAnswer[]>;

	/** Like `claim`, but leaves the operations `recorded`, to be taken one by one. */
	record(
		intents: readonly ClaimIntent[],
		lease: Lease,
		now: number,
		steadySince?: number,
	): Promise<ClaimAnswer[]>;

	/**
	 * Takes operations for sending: from `recorded` those of the same or a dead owner, from `unknown`
	 * any (only where the user chose to send unknown ones again), with `unknownSince` one that nobody
	 * has had since it was read, from `own` what the owner was sending, also where it was taken for
	 * lost meanwhile. False where another was faster.
	 */
	take(
		operationIds: readonly string[],
		from: 'recorded' | 'unknown' | 'own' | UnknownSince,
		lease: Lease,
		now: number,
	): Promise<boolean[]>;

	/**
	 * Records what became of operations. `sent` is always kept, also when the lease had been lost;
	 * other states apply only to an operation of the owner, also where it was taken for lost and
	 * nobody else has had it since, or to an `unknown` one as it was read (`unknownSince`). `sent`
	 * never changes again, and keeps its first message ID.
	 */
	settle(settlements: readonly Settlement[], now: number): Promise<SettleAnswer[]>;

	/** Extends the lease of an owner. A dead lease can be revived, if nobody took what it held. */
	renewLease(lease: Lease, now: number): Promise<void>;

	/** Ends the lease at once, so that what is left can be adopted without waiting. */
	releaseLease(owner: string, now: number): Promise<void>;

	/**
	 * Hands over what dead owners left `recorded`, oldest first; each goes to one caller. They stay
	 * `recorded`: `take` each before sending. What dead owners left `sending` becomes `unknown`. What
	 * has expired stays, and what has no life of its own after a week: nobody waits for it any more.
	 */
	adopt(
		request: AdoptRequest,
		lease: Lease,
		now: number,
	): Promise<{ records: OperationRecord[]; becameUnknown: number }>;

	/**
	 * Gives up what an owner has recorded and not begun: it becomes `cancelled`, so that nobody adopts
	 * it. For an execution that ended in good order before all was sent.
	 *
	 * @returns how many there were.
	 */
	withdraw(request: { accountKey: string; owner: string }, now: number): Promise<number>;

	/**
	 * Open unknown operations, oldest first, also those whose owner died while sending, which become
	 * `unknown` here.
	 *
	 * @param request.changedBefore only those that became unknown before this time (grace period).
	 */
	listUnknown(
		request: OperationFilter & PageRequest & { changedBefore?: number },
		now: number,
	): Promise<Page<OperationRecord>>;

	/** Null for what is not (or no longer) there, and for keys that have expired. */
	findByOperationId(
		operationIds: readonly string[],
		now: number,
	): Promise<(OperationRecord | null)[]>;

	/** Null for messages that were not sent through this store. */
	findByMessageId(messageIds: readonly string[]): Promise<(OperationRecord | null)[]>;

	/**
	 * For each fingerprint the operations that have it, newest first, at most `limitEach` (1 to 20).
	 *
	 * @param request.executionBegan those of executions that began at another time are left out
	 */
	findByFingerprint(request: {
		accountKey: string;
		fingerprints: readonly string[];
		executionBegan?: number | null;
		limitEach: number;
	}): Promise<OperationRecord[][]>;

	countByState(filter: OperationFilter): Promise<Record<OperationState, number>>;
}
