import type { CallKind } from '../graphRequest';

/** How often and for how long to try a call. Data, so that a test or a user can change it. */
export interface RetryPolicy {
	/**
	 * After which failures a call may be repeated.
	 * - `surelyRefused`: only if Meta certainly has not acted on it. Otherwise, the call is final.
	 * - `any`: even if the answer was lost, because acting on it twice does no harm.
	 */
	repeats: 'surelyRefused' | 'any';
	/** Requests per call, including the first; one more if the token changes. */
	maxAttempts: number;
	/** Measured from the first request; no retry starts later than this. */
	maxTotalMs: number;
	/** Upper bound of the first pause; doubles with each attempt. */
	baseMs: number;
	/** Upper bound of any pause that Meta does not request itself. */
	capMs: number;
}

/** The default for messages. */
export const sendPolicy: RetryPolicy = {
	repeats: 'surelyRefused',
	maxAttempts: 5,
	maxTotalMs: 120_000,
	baseMs: 1_000,
	capMs: 30_000,
};

/** For all other calls, by kind. */
export const callPolicies: Readonly<Record<CallKind, RetryPolicy>> = {
	read: { repeats: 'any', maxAttempts: 4, maxTotalMs: 30_000, baseMs: 500, capMs: 5_000 },
	upload: { repeats: 'any', maxAttempts: 5, maxTotalMs: 120_000, baseMs: 1_000, capMs: 30_000 },
	setting: { repeats: 'any', maxAttempts: 4, maxTotalMs: 30_000, baseMs: 500, capMs: 5_000 },
	change: {
		repeats: 'surelyRefused',
		maxAttempts: 4,
		maxTotalMs: 30_000,
		baseMs: 500,
		capMs: 5_000,
	},
};
