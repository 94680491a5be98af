import type { TokenChoice } from '../tokenChoice';
import { changeToken } from './changeToken';
import { retry, type RetryContext } from './retry';
import { compose, type Step } from './step';

/**
 * The steps around every call to Meta, from the outermost to the innermost: tried again by Meta's
 * code, with the other token where one has ended, and then what each single request needs.
 *
 * @param tokens shared by all calls of a run
 * @param perRequest what stands before each request alone: the pace of messages, their lease
 */
export const stack = (
	context: RetryContext,
	tokens: TokenChoice,
	...perRequest: readonly Step[]
): Step => compose(retry(context), changeToken(tokens), ...perRequest);
