import type { GraphFailure } from '../errors/errors';
import type { CallKind } from '../graphRequest';
import type { TokenChoice } from '../tokenChoice';

/** What the steps know about any call. */
export interface Call {
	readonly kind: CallKind;
	/** Null for a call with its own token, which cannot be switched. */
	readonly token: TokenChoice['inUse'] | null;
	readonly signal: AbortSignal | undefined;
}

/** A failed call. */
export interface Failed {
	ok: false;
	error: GraphFailure;
}

/** Makes a call once. */
type Make<Success> = (call: Call) => Promise<Success | Failed>;

/**
 * A wrapper around each call to Meta. It can wait, repeat the call, switch the token or skip the
 * call, and knows nothing about the steps inside it.
 */
export type Step = <Success extends { ok: true }>(
	call: Call,
	make: Make<Success>,
) => Promise<Success | Failed>;

/** Nests steps, outermost first. */
export function compose(...steps: readonly Step[]): Step {
	return async <Success extends { ok: true }>(call: Call, make: Make<Success>) => {
		const within = steps.reduceRight<Make<Success>>(
			(inner, step) => async (each) => await step(each, inner),
			make,
		);
		return await within(call);
	};
}
