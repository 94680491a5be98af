import {
	NodeOperationError,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { normalise } from '../../events/normalise';
import type { WebhookEvent } from '../../events/webhookEvent';
import type { Account } from '../../graph/account';
import { callCallback } from '../../graph/http/callbacks';
import type { RefusalCode } from '../../graph/refusals';
import { SIGNATURE_HEADER, verifySignature, verifySubscription } from '../../graph/signature';
import type { QueuedConfirmations } from '../../sending/confirmations';
import { StateProblem } from '../../store/stateProblem';
import type { Store } from '../../store/store';
import { systemClock } from '../../time/system/systemClock';
import { Problem } from '../../values/problem';
import { errorOf } from '../../values/unknown';
import { readListeners, type KnownListener } from '../listeners/knownListeners';
import { listenerGroup } from '../listeners/listenerIds';
import { listenerFor } from '../listeners/ownListener';
import { readScope } from '../listeners/readScope';
import { log } from '../log';
import { callTestRuns, FORWARDED_HEADER, type SignedRequest } from '../receive/callTestRuns';
import { findAnswers, lookUpAsked } from '../receive/findAnswers';
import { namingOf } from '../receive/naming';
import { parseBody } from '../receive/parseBody';
import { receiveDirectly } from '../receive/receiveDirectly';
import { receiveWebhook, type Received } from '../receive/receiveWebhook';
import { accept, answer, describeSkipped, rawBodyOf, refuse, tryAgain } from '../receive/reply';
import { followSecret } from '../registration/followSecret';
import { readParameters, readTriggerOptions, type WebhookSecrets } from '../settings/configuration';
import type { FilterName } from '../settings/eventChoice';
import {
	confirmationsOf,
	sendTypingAndConfirmations,
	toMessages,
	triggerOf,
} from './sendConfirmations';
import { forwardLoops } from './forwardLoops';
import { tellQuestions } from './questionLoops';
import { refuseStranger, withoutSecrets } from './refuseStranger';
import {
	accountOf,
	countersOf,
	listenerIdFor,
	newerSecretsOf,
	openState,
	replayLog,
	secretsOf,
	signals,
	testRunCalls,
} from './triggerProcess';

/** Answers Meta: verifies, keeps the events, and only then says 200. Executions follow. */
export async function handleRequest(host: IWebhookFunctions): Promise<IWebhookResponseData> {
	// Before anything is awaited: of two messages of one second, the one that came first is first.
	const now = systemClock.now();
	const secrets = await secretsOf(host).catch((error: unknown) => withoutSecrets(host, error));
	if (host.getWebhookName() === 'setup') return await answerVerification(host, secrets);

	const body = await rawBodyOf(host).catch(errorOf);
	if (body instanceof Error) {
		return await refuseStranger(host, 400, secrets, 'notReadable', body.message);
	}
	const signature = host.getHeaderData()[SIGNATURE_HEADER];
	const verified = await verify(host, body, signature, secrets);
	if ('code' in verified) return await refuseStranger(host, 401, secrets, verified.code);

	const parsed = parseBody(body);
	if (!parsed.ok) return refuse(host, 400, 'Not JSON', 'the body is signed but is not JSON');

	const request = { body, signature: String(signature) };
	try {
		return await handleEvents(host, normalise(parsed.payload), request, verified, now);
	} catch (error) {
		return tryAgain(host, describeProblem(host, error));
	}
}

/** @returns the secrets that fit the signature, which may have been changed a moment ago */
async function verify(
	host: IWebhookFunctions,
	body: Uint8Array,
	signature: string | string[] | undefined,
	secrets: WebhookSecrets,
): Promise<WebhookSecrets | { code: RefusalCode }> {
	const verdict = verifySignature(body, signature, secrets.appSecret);
	if (verdict.accepted) return secrets;
	const newer = verdict.code === 'wrongSignature' ? await newerSecretsOf(host, secrets) : null;
	const isNewer = newer !== null && verifySignature(body, signature, newer.appSecret).accepted;
	return isNewer ? newer : { code: verdict.code };
}

/** @throws FieldProblem, CredentialProblem or StateProblem if Meta has to deliver again */
async function handleEvents(
	host: IWebhookFunctions,
	events: readonly WebhookEvent[],
	request: SignedRequest,
	secrets: WebhookSecrets,
	now: number,
): Promise<IWebhookResponseData> {
	const account = accountOf(secrets.credential);
	const store = await openState(host, account);
	const isTest = host.getMode() === 'manual';
	const isForwarded = host.getHeaderData()[FORWARDED_HEADER] !== undefined;
	const ownId = listenerIdFor(host, isTest);
	let withheld: ReadonlySet<WebhookEvent> = new Set();
	if (store !== null && isTest && isForwarded) {
		const asked = await lookUpAsked(events, store, namingOf(account));
		// The published trigger has kept them a moment ago, so all of them have answered before.
		const unseen = { ...asked, repeated: new Set<never>() };
		const { questions } = store;
		({ withheld } = await findAnswers(unseen, { questions, account, consents: new Map() }));
	} else if (store !== null) {
		const context = { account, secrets, store, ownId, isTest, now };
		const received = await keep(host, events, request, context);
		const { filtered, repeated } = received;
		({ withheld } = received.found);
		logReplays(host, ownId, filtered, now);
		if (!isTest && received.unreadable.length > 0) {
			return tryAgain(host, `triggers cannot be read: ${received.unreadable.join('; ')}`);
		}
		if (!isTest) return accept(host, describeSkipped(received.isStarting, filtered, repeated));
	}
	const scope = readScope(host, account);
	const { input, filtered } = receiveDirectly(
		events.filter((event) => !withheld.has(event)),
		readTriggerOptions(host),
		scope,
		account,
		now,
	);
	logReplays(host, ownId, filtered, now);
	return input === null
		? accept(host, describeSkipped(false, filtered, 0))
		: { workflowData: input };
}

/** Keeps the webhook for all published triggers, and lets test runs know. */
async function keep(
	host: IWebhookFunctions,
	events: readonly WebhookEvent[],
	request: SignedRequest,
	context: {
		account: Account;
		secrets: WebhookSecrets;
		store: Store;
		ownId: string;
		isTest: boolean;
		now: number;
	},
): Promise<Received<QueuedConfirmations> & { isStarting: boolean }> {
	const { account, secrets, store, ownId, now } = context;
	const group = listenerGroup(account.appSecret);
	const counts = countersOf(host, store, group);
	const { credential } = secrets;
	const readCredential = async () => await Promise.resolve(credential);
	const queue = confirmationsOf(store, account, readCredential);
	const received = await receiveWebhook(events, {
		store,
		account,
		group,
		ownId,
		describeOwn: () => describeOwn(host, context),
		followSecret: async () =>
			await followSecret(describeOwn(host, context), {
				store,
				account,
				formerAppSecret: secrets.formerAppSecret,
				now,
			}),
		counts,
		keepConfirmations: async (confirmations) =>
			await queue.keep(toMessages(confirmations, triggerOf(host), namingOf(account))),
		request,
		loops: signals,
		now,
	});
	if (received.isForwarded) forwardLoops.wake(store, group);
	tellQuestions(host, store, group, received.found);
	if (received.missing.length > 0) {
		const names = received.missing.join(', ');
		log(
			host,
			'error',
			`the app secret has changed, and ${names} get nothing of this webhook: unpublish them and publish them again`,
		);
	}
	void sendTypingAndConfirmations(host, received, { queue, credential });
	counts.flush();
	void callTestRuns(received.testRuns, request, {
		ownId,
		calls: testRunCalls,
		post: callCallback,
		counts: countersOf(host, store, group),
		log: (level, message) => log(host, level, message),
	});
	return { ...received, isStarting: received.startingIds.includes(ownId) };
}

function describeOwn(
	host: IWebhookFunctions,
	{
		account,
		ownId,
		isTest,
		now,
	}: { account: Account; ownId: string; isTest: boolean; now: number },
): KnownListener {
	const listener = listenerFor({
		listenerId: ownId,
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

async function answerVerification(
	host: IWebhookFunctions,
	secrets: WebhookSecrets,
): Promise<IWebhookResponseData> {
	const query = host.getQueryData() as Readonly<Record<string, unknown>>;
	const verdict = verifySubscription(query, secrets.verifyTokens);
	return verdict.accepted
		? answer(host, 200, verdict.challenge)
		: await refuseStranger(host, 403, secrets, verdict.code);
}

function logReplays(
	host: IWebhookFunctions,
	ownId: string,
	filtered: ReadonlyMap<FilterName, number>,
	now: number,
): void {
	const count = filtered.get('Drop Replays Older Than') ?? 0;
	const line = replayLog.add(ownId, count, now);
	if (line !== null) log(host, 'error', line);
}

/** Describes a problem worth another delivery; anything else is thrown as this node's error. */
function describeProblem(host: IWebhookFunctions, error: unknown): string {
	if (error instanceof StateProblem) return `the state cannot be written: ${error.message}`;
	if (error instanceof Problem) return error.message;
	throw new NodeOperationError(host.getNode(), errorOf(error));
}
