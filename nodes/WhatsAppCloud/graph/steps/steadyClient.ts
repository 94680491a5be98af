import type { Clock } from '../../time/clock';
import { createGraphClient, type GraphAttempt, type GraphClient } from '../client';
import type { Account } from '../account';
import { kindOf, type GraphRequest } from '../graphRequest';
import { forgetLookUps } from '../keptAnswers';
import { createTokenChoice, tokenSlotOf, type TokenChoice } from '../tokenChoice';
import { callPolicies } from './policy';
import type { RetryContext } from './retry';
import { stack } from './stack';
import type { Call } from './step';

/** What the client needs from its context. */
interface ClientContext {
	clock: Clock;
	/** The run's tokens, if there is a run. */
	tokens?: TokenChoice;
	policies?: typeof callPolicies;
	onRetry?: RetryContext['onRetry'];
}

/**
 * A client for one account whose calls go through the steps: it uses the current token and retries
 * as each kind of call allows. For all calls except those that send a message.
 */
export function createSteadyClient(
	account: Account,
	{
		clock,
		tokens = createTokenChoice(account),
		policies = callPolicies,
		onRetry = () => undefined,
	}: ClientContext,
): GraphClient {
	const client = createGraphClient(account);
	const policyOf = ({ kind }: Call) => policies[kind];
	const steps = stack({ policyOf, clock, random: Math.random, onRetry }, tokens);
	const slot = ({ token }: Call) =>
		token === null ? {} : { tokenSlot: tokenSlotOf(account, token) };

	const attempt = async <Body>(request: GraphRequest): Promise<GraphAttempt<Body>> => {
		const call = callOf(request);
		const made = await steps(
			call,
			async (step) => await client.attempt<Body>({ ...request, ...slot(step) }),
		);
		// A read receipt changes nothing that is looked up.
		if (made.ok && call.kind === 'change' && request.edge !== 'messages') forgetLookUps(account);
		return made;
	};

	return {
		attempt,
		async call<Body>(request: GraphRequest) {
			const made = await attempt<Body>(request);
			if (made.ok) return made.response;
			throw made.error;
		},
		async download(url, limits) {
			const asked: Call = { kind: 'read', token: 'active', signal: limits.signal };
			return await steps(asked, (call) => client.download(url, { ...limits, ...slot(call) }));
		},
	};
}

function callOf(request: GraphRequest): Call {
	const hasOwnToken = request.token !== undefined || request.tokenSlot !== undefined;
	return {
		kind: kindOf(request),
		token: hasOwnToken ? null : 'active',
		signal: request.signal,
	};
}
