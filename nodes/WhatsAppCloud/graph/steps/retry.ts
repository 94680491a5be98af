import type { Clock } from '../../time/clock';
import { GraphApiError, type GraphFailure } from '../errors/errors';
import type { RetryPolicy } from './policy';
import type { Call, Step } from './step';

/** What a retry needs from its context. */
export interface RetryContext {
	policyOf: (call: Call) => RetryPolicy;
	clock: Clock;
	/** 0 to 1, for the jitter. */
	random: () => number;
	/** Called before the pause. */
	onRetry: (error: GraphFailure, waitMs: number) => Promise<void> | void;
}

/** Repeats a failed call if its policy allows. */
export function retry({ policyOf, clock, random, onRetry }: RetryContext): Step {
	return async (call, make) => {
		const policy = policyOf(call);
		const startedAt = clock.now();
		for (let attempt = 1; ; attempt++) {
			const made = await make(call);
			if (made.ok) return made;
			const verdict = judge(made.error, attempt, clock.now() - startedAt, policy, random);
			if (verdict.next !== 'retry') return made;
			await onRetry(made.error, verdict.waitMs);
			await clock.sleep(verdict.waitMs, call.signal);
		}
	};
}

/**
 * What to do after a failed attempt.
 * - `retry`: the same request may be made again and can succeed after `waitMs`.
 * - `failed`: certainly not done, and retrying cannot help (or the policy is used up).
 * - `unknown`: may have been done; never repeated unless the user chose to.
 */
type Verdict = { next: 'retry'; waitMs: number } | { next: 'failed' } | { next: 'unknown' };

/**
 * Judges a failed attempt by the error catalogue.
 *
 * @param attempt number of the failed attempt, from 1
 * @param elapsedMs time since the first attempt began
 * @param random 0 to 1, for the jitter
 */
export function judge(
	error: GraphFailure,
	attempt: number,
	elapsedMs: number,
	policy: RetryPolicy,
	random: () => number,
): Verdict {
	const isHarmless = policy.repeats === 'any';
	if (!isHarmless && mayHaveBeenDone(error)) return { next: 'unknown' };
	if (!canSucceedLater(error) && !(isHarmless && isPassing(error))) return { next: 'failed' };
	const waitMs = pauseMs(error, attempt, policy, random);
	const isUsedUp = attempt >= policy.maxAttempts || elapsedMs + waitMs > policy.maxTotalMs;
	return isUsedUp ? { next: 'failed' } : { next: 'retry', waitMs };
}

/** Whether Meta may have acted on the request despite the error. */
export function mayHaveBeenDone(error: GraphFailure): boolean {
	if (!(error instanceof GraphApiError)) return error.mayHaveBeenProcessed;
	return error.retry === 'afterUnknown' || isUndocumentedServerError(error);
}

/** A server error with an undocumented code proves nothing. */
const isUndocumentedServerError = ({ httpStatus, errorClass }: GraphApiError): boolean =>
	httpStatus >= 500 && errorClass === 'other';

function canSucceedLater(error: GraphFailure): boolean {
	// An unreachable host may be back in a moment; a proxy's 4xx page will not change.
	return error instanceof GraphApiError ? error.retry === 'safe' : error.reason === 'unreachable';
}

/** Statuses of an overloaded proxy. */
const passingStatuses: ReadonlySet<number> = new Set([408, 429]);

/** A failure that says nothing about the request itself. */
function isPassing(error: GraphFailure): boolean {
	if (error instanceof GraphApiError) return mayHaveBeenDone(error);
	const { reason, httpStatus } = error;
	if (reason === 'unreadable') {
		const isRefused = httpStatus !== null && httpStatus >= 400 && httpStatus < 500;
		return !isRefused || passingStatuses.has(httpStatus);
	}
	return reason === 'lost' || reason === 'timeout';
}

/** Meta says: after code 131056, wait 4^n seconds, with n counting from 0. */
const pairBaseMs = 1_000;

function pauseMs(
	error: GraphFailure,
	attempt: number,
	{ baseMs, capMs }: RetryPolicy,
	random: () => number,
): number {
	if (error instanceof GraphApiError) {
		if (error.retryAfterMs !== null) return error.retryAfterMs;
		if (error.errorClass === 'throttled_pair') return pairBaseMs * 4 ** (attempt - 1);
	}
	// Full jitter, so that callers that failed together do not retry together.
	return Math.round(random() * Math.min(capMs, baseMs * 2 ** (attempt - 1)));
}
