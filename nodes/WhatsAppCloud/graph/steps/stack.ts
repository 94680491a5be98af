import type { TokenChoice } from '../tokenChoice';
import { retry, type RetryContext } from './retry';
import { withStandbyToken } from './standbyToken';
import { compose, type Step } from './step';

/**
 * The steps around every call to Meta, from outermost to innermost: retries by Meta's error code,
 * the standby token if Meta refuses the active one, then whatever each single request needs.
 *
 * @param tokens shared by all calls of a run
 * @param perRequest steps for each single request: pacing messages, leasing them
 */
export const stack = (
	context: RetryContext,
	tokens: TokenChoice,
	...perRequest: readonly Step[]
): Step => compose(retry(context), withStandbyToken(tokens), ...perRequest);
