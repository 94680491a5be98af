/**
 * Time limits while a webhook is handled, in milliseconds. Meta waits meanwhile, and delivers again
 * what takes too long.
 */

/** For another delivery of the same event to finish. */
export const CLAIM_WAIT_MS = 3_000;

/** For the files of its messages. */
export const DOWNLOAD_MS = 20_000;

/** For its blue ticks. */
export const READ_RECEIPT_MS = 3_000;

/** For the state, and for n8n to accept the execution. */
const HOST_MS = 5_000;

/**
 * For a trigger that a webhook is forwarded to: as long as that one may take. With less, a large file
 * would look like a failure, and Meta would deliver again.
 */
export const FORWARD_MS = CLAIM_WAIT_MS + Math.max(DOWNLOAD_MS, READ_RECEIPT_MS) + HOST_MS;

/** How long a claim holds that is not renewed; then another delivery may have it. */
export const CLAIM_LEASE_MS = 60_000;

/** How long a claim is renewed for: no host takes longer to accept an execution. */
export const LONGEST_ANSWER_MS = 3_600_000;
