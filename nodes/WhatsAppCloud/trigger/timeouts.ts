/**
 * How long a webhook may wait for what, in milliseconds. Meta waits meanwhile; whatever takes it too
 * long, it delivers again.
 */

/** For another delivery of the same event that is under way. */
export const CLAIM_WAIT_MS = 3_000;

/** For the files of its messages. */
export const DOWNLOAD_MS = 20_000;

/** For its blue ticks. */
export const READ_RECEIPT_MS = 3_000;

/** For the state, and for n8n to accept the execution. */
const HOST_MS = 5_000;

/**
 * For a trigger that it is handed to: as long as that one may take. Were it less, a large file would
 * look like a failure and have Meta deliver again.
 */
export const FORWARD_MS = CLAIM_WAIT_MS + Math.max(DOWNLOAD_MS, READ_RECEIPT_MS) + HOST_MS;

/** How long a claim that is not renewed holds before another delivery takes over. */
export const CLAIM_LEASE_MS = 60_000;

/** How long a claim is renewed for: no host takes longer to accept an execution. */
export const LONGEST_ANSWER_MS = 3_600_000;
