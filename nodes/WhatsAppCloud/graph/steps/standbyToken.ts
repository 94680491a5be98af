import { GraphApiError, type GraphFailure } from '../errors/errors';
import type { TokenChoice } from '../tokenChoice';
import type { Step } from './step';

/**
 * Makes a call with the token in use. If Meta refuses the credential's active token, the step changes
 * to the standby token, for this call and all later ones. Meta checks the token before it looks at
 * the call, so nothing is done twice.
 *
 * @param tokens the choice to change, for all calls that share it
 */
export function withStandbyToken(tokens: TokenChoice): Step {
	return async (call, make) => {
		if (call.token === null) return await make(call);
		for (;;) {
			const token = tokens.inUse;
			const made = await make({ ...call, token });
			if (made.ok || !isTokenRefused(made.error) || !tokens.hasStandby) return made;
			// Another call may have switched tokens in the meantime.
			if (tokens.inUse !== token) continue;
			if (token === 'standby') return made;
			tokens.inUse = 'standby';
		}
	};
}

/** Whether Meta refused the token itself, and so never looked at the rest. */
const isTokenRefused = (error: GraphFailure): boolean =>
	error instanceof GraphApiError && error.errorClass === 'auth';
