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

/** What is wrong, where Meta delivers now and who is listening, for the trigger's panel. */
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
		const lines = sentencesOf(overview).flatMap(wrapped);
		// Two lines may read alike.
		return { results: lines.map((name, index) => ({ name, value: `${index} ${name}` })) };
	} catch (error) {
		throw toNodeError(this, error, null);
	}
}

/** About as many characters as the list shows of an entry before it cuts it off. */
const lineLength = 52;

/** The list drops blanks at the beginning of an entry, but not this one. */
const indent = '\u2003';

/** A sentence in as many entries of the list as it needs, so that none of it is cut off. */
function wrapped(sentence: string): string[] {
	const lines: string[] = [];
	for (const word of sentence.split(' ').flatMap(inPieces)) {
		const line = lines.at(-1);
		if (line !== undefined && line.length + word.length < lineLength) {
			lines[lines.length - 1] = `${line} ${word}`;
		} else {
			lines.push(line === undefined ? word : `${indent}${word}`);
		}
	}
	return lines;
}

/** A word, or the pieces of an address that is longer than a line. */
const inPieces = (word: string): string[] =>
	word.match(new RegExp(`.{1,${lineLength - indent.length}}`, 'g')) ?? [];

function sentencesOf({ callbacks, apps, app, listeners, checks }: Overview): string[] {
	const route = (whose: string, url: string | null): string => {
		if (url === null) return `The ${whose} has no callback of its own`;
		const listener = listeners.find(({ address }) => address === url);
		return `The ${whose} delivers to ${listener === undefined ? url : nameOfListener(listener)}`;
	};
	const override = apps.find(({ isOwn }) => isOwn)?.overrideUrl ?? null;
	const trouble = checks.find(({ ok }) => ok === false);
	return [
		...(trouble === undefined
			? []
			: [
					`✗ ${trouble.check}`,
					`Why: ${trouble.finding}`,
					...(trouble.advice === '' ? [] : [`What to do: ${trouble.advice}`]),
				]),
		...(callbacks === null ? [] : [route('phone number', callbacks.phoneNumberUrl)]),
		route('business account', callbacks?.businessAccountUrl ?? override),
		route('app', callbacks?.appUrl ?? app?.callbackUrl ?? null),
		...listeners.map(
			(listener) =>
				`${nameOfListener(listener)} is listening, ${listener.isTest ? 'in a test run' : tellBacklog(listener.backlog, Date.now())}`,
		),
	];
}
