import { GraphApiError, NoAnswerError } from '../graph/errors';

/** How often and how long a refused message is tried. Data, so that a test or a user can change it. */
export interface RetryPolicy {
	/** Requests for one message, the first included. */
	maxAttempts: number;
	/** From the first request on; no retry begins later than this. */
	maxTotalMs: number;
	/** Upper bound of the first pause; doubles with each attempt. */
	baseMs: number;
	/** Upper bound of any pause that Meta does not ask for itself. */
	capMs: number;
}

export const defaultRetryPolicy: RetryPolicy = {
	maxAttempts: 5,
	maxTotalMs: 120_000,
	baseMs: 1_000,
	capMs: 30_000,
};

/**
 * What to do after an attempt that did not succeed.
 * - `retry`: Meta surely refused it, and the same request can succeed after `waitMs`.
 * - `failed`: surely not sent, and trying again cannot help (or the policy is used up).
 * - `unknown`: it may have been sent; never sent again unasked.
 */
type Verdict = { next: 'retry'; waitMs: number } | { next: 'failed' } | { next: 'unknown' };

/**
 * Judges a failed attempt by the catalogue of errors.
 *
 * @param attempt number of the attempt that failed, from 1
 * @param elapsedMs since the first attempt began
 * @param random 0 to 1, for the jitter
 */
export function judge(
	error: GraphApiError | NoAnswerError,
	attempt: number,
	elapsedMs: number,
	policy: RetryPolicy,
	random: () => number,
): Verdict {
	if (mayHaveBeenSent(error)) return { next: 'unknown' };
	if (!canSucceedLater(error)) return { next: 'failed' };
	const waitMs = pauseMs(error, attempt, policy, random);
	const isUsedUp = attempt >= policy.maxAttempts || elapsedMs + waitMs > policy.maxTotalMs;
	return isUsedUp ? { next: 'failed' } : { next: 'retry', waitMs };
}

/** Whether Meta may have taken the message in spite of the error. */
export function mayHaveBeenSent(error: GraphApiError | NoAnswerError): boolean {
	if (error instanceof NoAnswerError) return error.mayHaveBeenProcessed;
	// A server error with a code of which nothing is documented proves nothing.
	const isServerError = error.httpStatus >= 500 && error.errorClass === 'other';
	return error.retry === 'afterUnknown' || isServerError;
}

function canSucceedLater(error: GraphApiError | NoAnswerError): boolean {
	// A host that cannot be reached now may be reached in a moment; a proxy's 4xx page may not.
	return error instanceof GraphApiError ? error.retry === 'safe' : error.reason === 'unreachable';
}

/** Meta: after code 131056 wait 4^n seconds, n counting from 0. */
const pairBaseMs = 1_000;

function pauseMs(
	error: GraphApiError | NoAnswerError,
	attempt: number,
	{ baseMs, capMs }: RetryPolicy,
	random: () => number,
): number {
	if (error instanceof GraphApiError) {
		if (error.retryAfterMs !== null) return error.retryAfterMs;
		if (error.errorClass === 'throttled_pair') return pairBaseMs * 4 ** (attempt - 1);
	}
	// Full jitter: callers that failed together do not come back together.
	return Math.round(random() * Math.min(capMs, baseMs * 2 ** (attempt - 1)));
}
