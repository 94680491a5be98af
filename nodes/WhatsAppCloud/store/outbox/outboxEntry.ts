/**
 * The state of an entry. The values are stored, so they must not change.
 * - `recorded`: enqueued, not started.
 * - `sending`: started by a process that holds a lease.
 * - `sent`: Meta accepted it.
 * - `failed`, `blocked`, `cancelled`: it definitely did not go out.
 * - `unknown`: it may have gone out; never sent again unless the user asks for it.
 */
export type EntryState =
	'recorded' | 'sending' | 'sent' | 'failed' | 'blocked' | 'unknown' | 'cancelled';

/**
 * Stands for the execution of what a trigger sends by itself, such as confirmations. Stored, so it
 * must not change.
 */
export const confirmationExecution = 'trigger';

/** `expiresAt` of a message that stays known for as long as the store keeps it. */
export const asLongAsKept = 0;

/** A message to be sent. */
export interface OutboxMessage {
	/** Key of the message, unique in the whole store: include the account or workflow. */
	operationId: string;
	accountKey: string;
	workflowId: string;
	executionId: string;
	/** When the execution began, or the one it repeats; omitted if unknown. */
	executionBegan?: number | null;
	nodeId: string;
	nodeName: string;
	runIndex: number;
	itemIndex: number;
	/** Which message of the item, from 0. */
	part: number;
	/**
	 * Item index and a hash of workflow, node, run, item, input and payload: finds the entry again in
	 * a retried execution.
	 */
	fingerprint: string;
	/** Hash of what is sent. The same key with a different hash is a conflict. */
	payloadHash: string;
	phoneNumberId: string;
	/** The recipient's number, plain or hashed, as the caller stores it. */
	recipientKey: string;
	campaign: string | null;
	/** What Meta prices it as, such as `marketing`; null or omitted if that is not known. */
	category?: string | null;
	/**
	 * JSON text of the request, for resuming; erased once the message completes with anything but
	 * `unknown`, or `blocked` with a time to ask again.
	 */
	body: string | null;
	/**
	 * After this time, the key of a sent message counts as unused; `asLongAsKept` if it stays known
	 * until purged. An `unknown` one never expires.
	 */
	expiresAt: number;
}

/** What the store knows about an outgoing message. */
export interface OutboxEntry extends OutboxMessage {
	state: EntryState;
	messageId: string | null;
	/** Requests made for it by all its owners. */
	attempts: number;
	/** How often a repeated send got this entry as its answer. */
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
	/** When a blocked message may be asked about again; null: never. */
	retryAt: number | null;
	leaseOwner: string | null;
	/** End of the owner's lease; null without an owner, or if the owner has been dead for long. */
	leaseUntil: number | null;
}
