import type { GraphFailure } from '../errors/errors';
import type { CallKind } from '../graphRequest';
import type { TokenChoice } from '../tokenChoice';

/** What the steps know of a call, whatever it is. */
export interface Call {
	readonly kind: CallKind;
	/** Null for a call with a token of its own, which cannot be changed for another. */
	readonly token: TokenChoice['inUse'] | null;
	readonly signal: AbortSignal | undefined;
}

/** A call that did not succeed. */
export interface Failed {
	ok: false;
	error: GraphFailure;
}

/** Makes a call once. */
export type Make<Success> = (call: Call) => Promise<Success | Failed>;

/**
 * A wrapper around each call to Meta: it can wait, repeat the call, change the token, or skip the
 * call. A step knows nothing about the steps inside it.
 */
export type Step = <Success extends { ok: true }>(
	call: Call,
	make: Make<Success>,
) => Promise<Success | Failed>;

/** Nests steps, the outermost first. */
export function compose(...steps: readonly Step[]): Step {
	return async <Success extends { ok: true }>(call: Call, make: Make<Success>) => {
		const within = steps.reduceRight<Make<Success>>(
			(inner, step) => async (each) => await step(each, inner),
			make,
		);
		return await within(call);
	};
}
