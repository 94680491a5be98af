import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { systemClock } from '../time/system/systemClock';
import { hasLazyExpressions } from '../node/lazyExpressions';
import { toNodeError } from '../node/problems';
import { credentialName, parseAccount } from '../graph/account';
import { answersAsTrigger } from '../graph/http/callbacks';
import { createSteadyClient } from '../graph/steps/steadyClient';
import { openAccountStore } from '../store/accountStore';
import { tellBacklog } from '../trigger/diagnosis/diagnosis';
import { lookUpWebhooks, type Overview } from '../trigger/diagnosis/overview';
import { nameOfListener } from '../trigger/listeners/knownListeners';
import { Subscriptions } from '../graph/endpoints/subscriptions';

/** Where Meta delivers now and who is listening, as lines for the trigger's panel. */
export async function searchRegistrations(
	this: ILoadOptionsFunctions,
): Promise<INodeListSearchResult> {
	try {
		const account = parseAccount(await this.getCredentials(credentialName));
		const overview = await lookUpWebhooks(account, account.phoneNumberId, {
			subscriptions: new Subscriptions(createSteadyClient(account, { clock: systemClock })),
			store: await openAccountStore(account),
			answers: answersAsTrigger,
			ownUrl: this.getInstanceBaseUrl(),
			hasLazyExpressions: hasLazyExpressions(),
			now: Date.now(),
		});
		const results = linesOf(overview).map((name) => ({ name, value: name }));
		return { results };
	} catch (error) {
		throw toNodeError(this, error, null);
	}
}

function linesOf({ callbacks, apps, app, listeners, checks }: Overview): string[] {
	const route = (whose: string, url: string | null): string => {
		if (url === null) return `The ${whose} has no callback of its own`;
		const listener = listeners.find(({ address }) => address === url);
		return `The ${whose} delivers to ${listener === undefined ? url : nameOfListener(listener)}`;
	};
	const override = apps.find(({ isOwn }) => isOwn)?.overrideUrl ?? null;
	const trouble = checks.find(({ ok }) => ok === false);
	return [
		// The list cuts off long lines, so each says one thing.
		...(trouble === undefined ? [] : [`Problem: ${trouble.check}`, `→ ${trouble.finding}`]),
		...(callbacks === null ? [] : [route('phone number', callbacks.phoneNumberUrl)]),
		route('business account', callbacks?.businessAccountUrl ?? override),
		route('app', callbacks?.appUrl ?? app?.callbackUrl ?? null),
		...listeners.map(
			(listener) =>
				`${nameOfListener(listener)} is listening, ${listener.isTest ? 'in a test run' : tellBacklog(listener.backlog, Date.now())}`,
		),
	];
}
