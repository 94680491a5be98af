import { minuteMs } from '../time/durations';

/** Time limits for what the trigger does, in milliseconds. */

/** For the files of an execution's messages. */
export const DOWNLOAD_MS = 20_000;

/** For its blue ticks. */
export const READ_RECEIPT_MS = 3_000;

/** For a test run that a webhook is forwarded to; nobody waits for it. */
export const FORWARD_MS = 10_000;

/** How often to look for confirmations that killed processes have left. */
export const CONFIRMATION_POLL_MS = minuteMs;

/** How often to look for what other processes have received or claimed. */
export const DUE_POLL_MS = 250;

/** How long a loop keeps what it has taken without renewing its lease. */
export const LOOP_LEASE_MS = 15_000;

/** How often a loop looks for executions that have stopped renewing their claim. */
export const ABANDONED_POLL_MS = 5_000;

/** How long an execution keeps its claim without renewing it. Longer than its files may take. */
export const CLAIM_LEASE_MS = minuteMs;

/** How long n8n may take to start an execution before another one is emitted; doubles each time. */
export const UNCLAIMED_MS = minuteMs;
