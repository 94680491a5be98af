import { hourMs, minuteMs } from '../time/durations';

/**
 * Time limits for handling a webhook, in milliseconds. Meta is waiting meanwhile, and delivers
 * again if it takes too long.
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
 * For a trigger that a webhook is forwarded to: as long as it may take. With less, a large file
 * would look like a failure, and Meta would deliver again.
 */
export const FORWARD_MS = CLAIM_WAIT_MS + Math.max(DOWNLOAD_MS, READ_RECEIPT_MS) + HOST_MS;

/** How long a claim lasts without renewal; after that, another delivery may take it. */
export const CLAIM_LEASE_MS = minuteMs;

/** How long to keep renewing a claim: no host takes longer to accept an execution. */
export const LONGEST_ANSWER_MS = hourMs;
