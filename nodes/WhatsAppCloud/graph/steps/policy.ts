import type { CallKind } from '../graphRequest';

/** How often and how long a call is tried. Data, so that a test or a user can change it. */
export interface RetryPolicy {
	/**
	 * After which failures a call may be made again.
	 * - `surelyRefused`: only where Meta surely has not done it. What it may have done stays as it is.
	 * - `any`: also where the answer was lost, since doing it twice does no harm.
	 */
	repeats: 'surelyRefused' | 'any';
	/** Requests for one call, the first included; one more where the token is changed. */
	maxAttempts: number;
	/** From the first request on; no retry begins later than this. */
	maxTotalMs: number;
	/** Upper bound of the first pause; doubles with each attempt. */
	baseMs: number;
	/** Upper bound of any pause that Meta does not ask for itself. */
	capMs: number;
}

/** Of a message, where the user says nothing else. */
export const sendPolicy: RetryPolicy = {
	repeats: 'surelyRefused',
	maxAttempts: 5,
	maxTotalMs: 120_000,
	baseMs: 1_000,
	capMs: 30_000,
};

/** Of all other calls, by their kind. */
export const callPolicies: Readonly<Record<CallKind, RetryPolicy>> = {
	read: { repeats: 'any', maxAttempts: 4, maxTotalMs: 30_000, baseMs: 500, capMs: 5_000 },
	upload: { repeats: 'any', maxAttempts: 5, maxTotalMs: 120_000, baseMs: 1_000, capMs: 30_000 },
	change: {
		repeats: 'surelyRefused',
		maxAttempts: 4,
		maxTotalMs: 30_000,
		baseMs: 500,
		capMs: 5_000,
	},
};

/** Of calls that a webhook waits for: Meta waits meanwhile, and delivers again what takes too long. */
export const webhookPolicies: typeof callPolicies = {
	read: { ...callPolicies.read, maxAttempts: 2, maxTotalMs: 2_000 },
	upload: { ...callPolicies.upload, maxAttempts: 2, maxTotalMs: 2_000 },
	change: { ...callPolicies.change, maxAttempts: 2, maxTotalMs: 2_000 },
};
