import {
	NodeOperationError,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { normalise } from '../../events/normalise';
import type { WebhookEvent } from '../../events/webhookEvent';
import type { RefusalCode } from '../../graph/refusals';
import { SIGNATURE_HEADER, verifySignature, verifySubscription } from '../../graph/signature';
import { StateProblem } from '../../store/stateProblem';
import { systemClock } from '../../time/system/systemClock';
import { Problem } from '../../values/problem';
import { errorOf } from '../../values/unknown';
import { readScope } from '../listeners/readScope';
import { log } from '../log';
import { FORWARDED_HEADER } from '../receive/callTestRuns';
import { answersForTestRun } from '../receive/findAnswers';
import { parseBody } from '../receive/parseBody';
import { receiveDirectly } from '../receive/receiveDirectly';
import { accept, answer, describeSkipped, rawBodyOf, refuse, tryAgain } from '../receive/reply';
import { readTriggerOptions, type WebhookSecrets } from '../settings/configuration';
import type { FilterName } from '../settings/eventChoice';
import { receiveWebhook, type VerifiedWebhook } from './receiveWebhook';
import { refuseStranger, withoutSecrets } from './refuseStranger';
import {
	accountOf,
	listenerIdFor,
	newerSecretsOf,
	openState,
	replayLog,
	secretsOf,
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
	const webhook = { events: normalise(parsed.payload), request, secrets: verified, now };
	try {
		return await answerWebhook(host, webhook);
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
async function answerWebhook(
	host: IWebhookFunctions,
	webhook: VerifiedWebhook,
): Promise<IWebhookResponseData> {
	const account = accountOf(webhook.secrets.credential);
	const store = await openState(host, account);
	if (store === null) return startDirectly(host, webhook);

	const isTest = host.getMode() === 'manual';
	const isForwarded = host.getHeaderData()[FORWARDED_HEADER] !== undefined;
	if (isTest && isForwarded) {
		const { withheld } = await answersForTestRun(webhook.events, store, account);
		return startDirectly(host, webhook, withheld);
	}
	const { plan, kept } = await receiveWebhook(host, webhook, store);
	if (isTest) return startDirectly(host, webhook, plan.found.withheld);

	const ownId = listenerIdFor(host, isTest);
	const filtered = plan.filtered.get(ownId) ?? new Map<FilterName, number>();
	logReplays(host, ownId, filtered, webhook.now);
	if (plan.unreadable.length > 0) {
		return tryAgain(host, `triggers cannot be read: ${plan.unreadable.join('; ')}`);
	}
	const isStarting = kept.startingIds.includes(ownId);
	return accept(host, describeSkipped(isStarting, filtered, kept.repeated.get(ownId) ?? 0));
}

/**
 * Starts the execution by the answer: without state, and in test runs.
 *
 * @param withheld events that start no workflow
 */
function startDirectly(
	host: IWebhookFunctions,
	{ events, secrets, now }: VerifiedWebhook,
	withheld: ReadonlySet<WebhookEvent> = new Set(),
): IWebhookResponseData {
	const account = accountOf(secrets.credential);
	const { input, filtered } = receiveDirectly(
		events.filter((event) => !withheld.has(event)),
		readTriggerOptions(host),
		readScope(host, account),
		account,
		now,
	);
	logReplays(host, listenerIdFor(host, host.getMode() === 'manual'), filtered, now);
	return input === null
		? accept(host, describeSkipped(false, filtered, 0))
		: { workflowData: input };
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
