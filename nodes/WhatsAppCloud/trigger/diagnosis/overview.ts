import type { Account } from '../../graph/account';
import type { Backlog } from '../../store/inbox/inboxStore';
import type { Store } from '../../store/store';
import { isBelow, n8nOf } from '../registration/callbackAddress';
import type { Check, Counter } from './check';
import { diagnose, type WebhookRoute } from './diagnosis';
import { tallyForwards } from './forwards';
import { furtherFieldsOf } from './furtherFields';
import { isLeaving, readListeners } from '../listeners/knownListeners';
import { listenerGroup } from '../listeners/listenerIds';
import { wordsOfRefusal } from '../../graph/refusals';
import type { Subscriptions } from '../../graph/endpoints/subscriptions';
import { counterNames } from '../counters/counterNames';
import { verifyTokenFor } from '../../graph/verifyToken';

/** Where an account's webhooks go, and whether they arrive. */
export type Overview = WebhookRoute & { checks: Check[] };

/**
 * Checks Meta's side, the state and the address itself.
 *
 * @param phoneNumberId The number whose callbacks to look up; empty: only those of the business
 *   account and the app.
 * @param answers Whether a trigger answers at an address with this token. Asks only addresses of
 *   known triggers and of this n8n: a stranger's would learn the token.
 * @param ownUrl Address of this n8n; `null` if unknown.
 * @param hasLazyExpressions Whether n8n provides expressions only where one is evaluated.
 * @throws GraphApiError or NoAnswerError if Meta does not say; StateProblem
 */
export async function lookUpWebhooks(
	account: Account,
	phoneNumberId: string,
	{
		subscriptions,
		store,
		answers,
		ownUrl,
		hasLazyExpressions,
		now,
	}: {
		subscriptions: Subscriptions;
		store: Store | null;
		answers: (url: string, verifyToken: string) => Promise<boolean>;
		ownUrl: string | null;
		hasLazyExpressions: boolean;
		now: number;
	},
): Promise<Overview> {
	const { appId, appSecret, businessAccountId } = account;
	const group = listenerGroup(appSecret);
	const [apps, callbacks, app, records, counters, questions, forwards] = await Promise.all([
		businessAccountId === '' ? [] : subscriptions.subscribedApps(businessAccountId),
		phoneNumberId === '' ? null : subscriptions.phoneNumberCallbacks(phoneNumberId),
		appId === '' || appSecret === '' ? null : subscriptions.appSubscription(account),
		store?.listeners.list(group, now) ?? [],
		store?.counters.list(group, 'webhook:') ?? [],
		store?.questions.backlog(group) ?? { waiting: 0, unreachable: 0 },
		store?.forwards.backlogs(group) ?? [],
	]);
	const listeners = readListeners(records).filter((each) => !isLeaving(each));
	const backlogs =
		(await store?.inbox.backlogs(
			listeners.map(({ listenerId }) => listenerId),
			now,
		)) ?? [];
	const subscribed = apps.find((each) => each.appId === appId);
	const effectiveUrl =
		callbacks?.phoneNumberUrl ??
		callbacks?.businessAccountUrl ??
		subscribed?.overrideUrl ??
		callbacks?.appUrl ??
		app?.callbackUrl ??
		null;
	const tallies = (prefix: string): Counter[] =>
		counters
			.filter(({ name }) => name.startsWith(prefix))
			.map(({ name, count, lastAt, lastDetail }) => ({
				count,
				lastAt: new Date(lastAt).toISOString(),
				...tellCounter(name.slice(prefix.length), lastDetail, prefix),
			}));
	const received = counters.find(({ name }) => name === counterNames.received);
	const overview = {
		apps: apps.map((each) => ({ ...each, isOwn: each.appId === appId })),
		callbacks,
		effectiveUrl,
		app,
		listeners: listeners.map((listener, index) => ({
			...listener,
			backlog: backlogs[index] ?? noBacklog(listener.listenerId),
		})),
		lastEvent:
			received === undefined
				? null
				: {
						at: new Date(received.lastAt).toISOString(),
						what: received.lastDetail,
						count: received.count,
					},
		refused: tallies(counterNames.refused).map(({ reason: code, ...tally }) => ({
			...tally,
			code,
			reason: wordsOfRefusal(code),
		})),
		filtered: tallies(counterNames.filtered),
		repeated: tallies(counterNames.repeated),
		started: tallies(counterNames.started),
		handOverFailed: tallies(counterNames.handOverFailed),
		expired: tallies(counterNames.expired),
		missed: await stillMissing(tallies(counterNames.missed), store, group),
		questions,
		furtherFields: furtherFieldsOf(listeners, account),
		forwards,
		forwarded: tallyForwards(counters),
		lateTaps: tallies(counterNames.lateTaps),
	};
	const ownUrls = [
		...(ownUrl === null ? [] : [ownUrl]),
		...overview.listeners.map(({ address }) => n8nOf(address)),
	];
	const isKnown = effectiveUrl !== null && ownUrls.some((url) => isBelow(effectiveUrl, url));
	const isAnswered =
		isKnown && appSecret !== '' ? await answers(effectiveUrl, verifyTokenFor('', appSecret)) : null;
	const hasState = store !== null;
	const found = { ...overview, isKnown, isAnswered, hasState, hasLazyExpressions, now };
	return { ...overview, checks: diagnose(account, found) };
}

/** Those of the triggers that still listen under the app secret of before. */
async function stillMissing(
	missed: readonly Counter[],
	store: Store | null,
	group: string,
): Promise<Counter[]> {
	const known = await store?.listeners.find(missed.map(({ listenerId }) => listenerId ?? ''));
	const behind = new Set(
		known?.filter(({ accountKey }) => accountKey !== group).map(({ listenerId }) => listenerId),
	);
	return missed.filter(({ listenerId }) => behind.has(listenerId ?? ''));
}

const noBacklog = (listenerId: string): Backlog => ({
	listenerId,
	waiting: 0,
	oldestAt: null,
	claimed: 0,
	isAlive: false,
});

/** The rest of a counter's name is the reason, the trigger, or both. */
function tellCounter(
	rest: string,
	detail: string | null,
	prefix: string,
): Pick<Counter, 'reason' | 'listenerId'> {
	if (prefix === counterNames.refused) return { reason: rest, listenerId: null };
	if (prefix !== counterNames.filtered) return { reason: detail ?? '', listenerId: rest };
	const cut = rest.lastIndexOf(':');
	return { reason: rest.slice(cut + 1), listenerId: rest.slice(0, cut) };
}
