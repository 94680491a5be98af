import type { IWebhookFunctions } from 'n8n-workflow';

import type { WebhookEvent } from '../../events/webhookEvent';
import { callCallback } from '../../graph/http/callbacks';
import type { Store } from '../../store/store';
import { nameOfListener, readListeners, type KnownListener } from '../listeners/knownListeners';
import { listenerGroup } from '../listeners/listenerIds';
import { listenerFor } from '../listeners/ownListener';
import { readScope } from '../listeners/readScope';
import { log } from '../log';
import { callTestRuns, type SignedRequest } from '../receive/callTestRuns';
import { namingOf } from '../receive/naming';
import {
	lookUpPeople,
	planWebhook,
	type KnownPeople,
	type WebhookPlan,
} from '../receive/planWebhook';
import { countsOf } from '../receive/webhookCounts';
import { findListeners } from '../receive/webhookListeners';
import { readParameters, type WebhookSecrets } from '../settings/configuration';
import { forwardLoops } from './forwardLoops';
import { keepPlan, type KeptWebhook } from './keepPlan';
import { tellQuestions } from './questionLoops';
import { confirmationsOf, sendTypingAndConfirmations, triggerOf } from './sendConfirmations';
import { accountOf, countersOf, listenerIdFor, signals, testRunCalls } from './triggerProcess';

/** A webhook whose signature fits. */
export interface VerifiedWebhook {
	events: readonly WebhookEvent[];
	/** As Meta has sent it. */
	request: SignedRequest;
	/** Those that fit. */
	secrets: WebhookSecrets;
	/** When it came, in milliseconds since 1970. */
	now: number;
}

/**
 * Receives a webhook for all published triggers of the app: looks up, plans, keeps, and then sends what
 * nobody waits for.
 *
 * @throws FieldProblem or StateProblem if it could not be kept
 */
export async function receiveWebhook(
	host: IWebhookFunctions,
	webhook: VerifiedWebhook,
	store: Store,
): Promise<{ plan: WebhookPlan; kept: KeptWebhook }> {
	const { events, request, secrets, now } = webhook;
	const { credential, formerAppSecret } = secrets;
	const account = accountOf(credential);
	const group = listenerGroup(account.appSecret);
	const naming = namingOf(account);
	const ownId = listenerIdFor(host, host.getMode() === 'manual');
	const lookUp = async () => await lookUpPeople(events, store, naming, now);
	const [listeners, people] = await Promise.all([
		findListeners(ownId, {
			...{ store, account, group, formerAppSecret, now },
			describeOwn: () => describeOwn(host, webhook),
		}),
		lookUp(),
	]);
	const context = { listeners, store, account, group, naming, loops: signals, now };
	const planFor = async (known: KnownPeople) =>
		await planWebhook(events, request, { ...context, people: known });

	const queue = confirmationsOf(store, account, async () => await Promise.resolve(credential));
	const { inbox } = store;
	const trigger = triggerOf(host);
	const { plan, kept } = await keepPlan(await planFor(people), {
		planAnew: async () => await planFor(await lookUp()),
		...{ queue, trigger, naming, inbox, loops: signals, now },
	});
	const counts = countersOf(host, store, group);
	for (const { name, by, detail } of countsOf(plan, kept.repeated)) counts.add(name, by, detail);
	counts.flush();

	const { forwards = [] } = plan.toKeep;
	if (forwards.length > 0) forwardLoops.wake(store, group);
	tellQuestions(host, store, group, plan.found);
	logMissing(host, plan.missing);
	logForgotten(host, plan.forgotten);
	const { confirmations, startingIds } = kept;
	const typing = startingIds.length > 0 ? plan.typing : [];
	void sendTypingAndConfirmations(host, { typing, confirmations }, { queue, credential });
	void callTestRuns(plan.testRuns, request, {
		ownId,
		calls: testRunCalls,
		post: callCallback,
		counts,
		log: (level, message) => log(host, level, message),
	});
	return { plan, kept };
}

/** The called trigger as its panel is now: the state may not know it, such as one that was lost. */
function describeOwn(host: IWebhookFunctions, { secrets, now }: VerifiedWebhook): KnownListener {
	const account = accountOf(secrets.credential);
	const isTest = host.getMode() === 'manual';
	const listener = listenerFor({
		listenerId: listenerIdFor(host, isTest),
		group: listenerGroup(account.appSecret),
		workflow: host.getWorkflow(),
		node: host.getNode(),
		url: host.getNodeWebhookUrl('default') ?? '',
		isTest,
		scope: readScope(host, account),
		parameters: readParameters(host),
		account,
		now,
	});
	const [own] = readListeners([{ ...listener, registeredAt: now, updatedAt: now }]);
	if (own === undefined) throw new TypeError('A listener without an address');
	return own;
}

function logForgotten(host: IWebhookFunctions, messages: number): void {
	if (messages === 0) return;
	log(
		host,
		'warn',
		`messages of people who were erased since are not remembered (if they are newer, the clock of this machine is ahead): ${messages}`,
	);
}

function logMissing(host: IWebhookFunctions, missing: readonly KnownListener[]): void {
	if (missing.length === 0) return;
	const names = missing.map(nameOfListener).join(', ');
	log(
		host,
		'error',
		`the app secret has changed, and ${names} get nothing of this webhook: unpublish them and publish them again`,
	);
}
