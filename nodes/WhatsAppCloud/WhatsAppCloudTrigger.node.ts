import {
	NodeConnectionTypes,
	NodeOperationError,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { systemClock } from './time/system/systemClock';
import {
	CredentialProblem,
	credentialName,
	parseAccount,
	accountKeyOf,
	parseAccountWithoutToken,
} from './graph/account';
import { answersAsTrigger, callCallback } from './graph/http/callbacks';
import { webhookPolicies } from './graph/steps/policy';
import { createSteadyClient } from './graph/steps/steadyClient';
import { loadPhoneNumbers, searchPhoneNumbers } from './methods/phoneNumbers';
import { searchRegistrations } from './methods/registrations';
import { openAccountStore } from './store/accountStore';
import { StateProblem } from './store/stateProblem';
import { purgeNowAndThen } from './store/purgeNowAndThen';
import { errorOf, reasonOf } from './values/unknown';
import { choose } from './trigger/receive/choose';
import {
	readScope,
	readTriggerOptions,
	readWebhookSecrets,
	type WebhookSecrets,
} from './trigger/settings/configuration';
import { exchangeWithMeta } from './trigger/receive/exchangeWithMeta';
import { toItems } from './trigger/receive/items';
import { triggerFields, triggerPanel } from './trigger/settings/triggerFields';
import { FORWARDED_HEADER } from './trigger/sharing/forward';
import { Inbox } from './trigger/receive/inbox';
import {
	createRegistration,
	deleteRegistration,
	hasRegistration,
} from './trigger/registration/lifecycle';
import { listenerIdOf } from './trigger/listeners/listenerIds';
import { listenerGroup } from './trigger/listeners/listenerIds';
import { log } from './trigger/log';
import { normalise } from './events/normalise';
import { FieldProblem, Problem } from './values/problem';
import { parseBody } from './trigger/receive/parseBody';
import { ReplayLog } from './trigger/deduplication/replayLog';
import { wordsOfRefusal, type RefusalCode } from './graph/refusals';
import { accept, answer, rawBodyOf, refuse, tryAgain } from './trigger/receive/reply';
import type { RegistrationContext } from './trigger/registration/setup';
import { Subscriptions } from './graph/endpoints/subscriptions';
import { RefusalCounters } from './trigger/counters/refusalCounters';
import { SIGNATURE_HEADER, verifySignature, verifySubscription } from './graph/signature';

/**
 * n8n answers 200 once it has accepted the execution. Any earlier and a crash would lose it; any
 * later and Meta, which waits only seconds, would give up.
 */
const ON_RECEIVED = { responseMode: 'onReceived', responseData: 'noData' } as const;

/** Starts a workflow for each webhook from Meta that contains a chosen event. */
export class WhatsAppCloudTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'WhatsApp Cloud Trigger',
		name: 'whatsAppCloudTrigger',
		icon: { light: 'file:whatsapp-cloud.svg', dark: 'file:whatsapp-cloud.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{ $parameter["events"].includes("*") ? "all events" : $parameter["events"].join(", ") }}',
		description: 'Starts the workflow when a WhatsApp message, status or account event arrives',
		defaults: { name: 'WhatsApp Cloud Trigger' },
		inputs: [],
		outputs: `={{ $parameter["settings"]?.["splitOutputs"] ? ["Messages", "Statuses", "Other"].map((displayName) => ({ type: "${NodeConnectionTypes.Main}", displayName })) : [{ type: "${NodeConnectionTypes.Main}" }] }}`,
		credentials: [{ name: credentialName, required: true }],
		// Meta verifies an address with GET and delivers to the same address with POST.
		webhooks: [
			// The panel shows the address once, and only where it is to be pasted.
			{ name: 'setup', httpMethod: 'GET', path: 'webhook', ndvHideUrl: true, ...ON_RECEIVED },
			{
				name: 'default',
				httpMethod: 'POST',
				path: 'webhook',
				ndvHideUrl: '={{ $parameter["registration"] !== "manual" }}',
				ndvHideMethod: true,
				...ON_RECEIVED,
			},
		],
		triggerPanel,
		eventTriggerDescription: 'Send a WhatsApp message to your business number',
		properties: triggerFields,
	};

	methods = {
		listSearch: { searchPhoneNumbers, searchRegistrations },
		loadOptions: { getPhoneNumbers: loadPhoneNumbers },
	};

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await explained(this, hasRegistration(this, registrationContext));
			},
			async create(this: IHookFunctions): Promise<boolean> {
				await explained(this, createRegistration(this, registrationContext));
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				await explained(this, deleteRegistration(this, registrationContext));
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const secrets = await readWebhookSecrets(this, credentialName).catch((error: unknown) =>
			withoutSecrets(this, error),
		);
		if (this.getWebhookName() === 'setup') return await answerVerification(this, secrets);

		const body = await rawBodyOf(this).catch(errorOf);
		if (body instanceof Error) {
			return refuse(this, 400, 'Not readable', `the body cannot be read: ${body.message}`);
		}
		const headers = this.getHeaderData();
		const verdict = verifySignature(body, headers[SIGNATURE_HEADER], secrets.appSecret);
		if (!verdict.accepted) return await refuseStranger(this, 401, secrets, verdict.code);

		const parsed = parseBody(body);
		if (!parsed.ok) return refuse(this, 400, 'Not JSON', 'the body is signed but is not JSON');

		const events = normalise(parsed.payload);
		const isForwarded = headers[FORWARDED_HEADER] !== undefined;
		try {
			const inbox = await openInbox(this, secrets);
			const recorded = await inbox.record(events, isForwarded);
			if (!isForwarded) {
				const request = { body, signature: String(headers[SIGNATURE_HEADER]) };
				const problems = await recorded.share(request);
				if (problems.length > 0) return tryAgain(this, problems.join('; '));
			}

			const options = readTriggerOptions(this);
			const now = Date.now();
			const { chosen, filtered } = choose(events, options.choice, inbox.scope, now);
			const line = replayLog.add(
				listenerId(this),
				filtered.get('Drop Replays Older Than') ?? 0,
				now,
			);
			if (line !== null) log(this, 'error', line);
			const claim = await recorded.claim(chosen, filtered);
			if (claim.outcome === 'busy')
				return tryAgain(this, 'another delivery of it is being handled');
			if (claim.events.length === 0) return accept(this, describeSkipped(filtered, claim.repeated));

			// Set up before anything can fail: without a 200, the claim is released.
			recorded.completeWhenAnswered(this.getResponseObject(), claim);

			const { files, problems } = await exchangeWithMeta(
				() =>
					createSteadyClient(parseAccount(secrets.credential), {
						clock: systemClock,
						policies: webhookPolicies,
					}),
				claim.events,
				options,
				async (...file) => await this.helpers.prepareBinaryData(...file),
				(timeoutMs) => AbortSignal.timeout(timeoutMs),
			);
			for (const each of problems) log(this, 'warn', each);

			return { workflowData: toItems(claim.events, files, options, secrets.appSecret) };
		} catch (error) {
			return tryAgain(this, describeProblem(this, error));
		}
	}
}

/** Shared by all triggers in this process. */
const refusals = new RefusalCounters();
const replayLog = new ReplayLog();

const registrationContext: RegistrationContext = {
	credentialName,
	connect: (account) => new Subscriptions(createSteadyClient(account, { clock: systemClock })),
	openStore: openAccountStore,
	answers: answersAsTrigger,
	clock: systemClock,
};

/** On activation n8n shows only an error's message, so the advice goes into it. */
async function explained<Result>(context: IHookFunctions, work: Promise<Result>): Promise<Result> {
	return await work.catch((error: unknown) => {
		const advice =
			error instanceof Problem ? error.advice : 'Check the credential "WhatsApp Cloud API".';
		throw new NodeOperationError(context.getNode(), `${reasonOf(error)}. ${advice}`);
	});
}

/** When the credential is gone, the request is refused rather than failed; the log says why. */
function withoutSecrets(context: IWebhookFunctions, error: unknown): WebhookSecrets {
	log(context, 'error', `the credential cannot be read, ${reasonOf(error)}`);
	return { appSecret: '', verifyTokens: [], credential: null };
}

async function answerVerification(
	context: IWebhookFunctions,
	secrets: WebhookSecrets,
): Promise<IWebhookResponseData> {
	const query = context.getQueryData() as Readonly<Record<string, unknown>>;
	const verdict = verifySubscription(query, secrets.verifyTokens);
	return verdict.accepted
		? answer(context, 200, verdict.challenge)
		: await refuseStranger(context, 403, secrets, verdict.code);
}

/** Refuses a request that does not prove it knows the app's secret; log and counters say why. */
async function refuseStranger(
	context: IWebhookFunctions,
	status: 401 | 403,
	secrets: WebhookSecrets,
	code: RefusalCode,
): Promise<IWebhookResponseData> {
	const text = status === 401 ? 'Signature refused' : 'Verification refused';
	const isLogged = refusals.add(listenerGroup(secrets.appSecret), code);
	if (refusals.isDue(listenerGroup(secrets.appSecret), Date.now())) {
		await openInbox(context, secrets).then(
			(inbox) => inbox.flush(),
			(error: unknown) => log(context, 'warn', `refusals are not counted: ${reasonOf(error)}`),
		);
	}
	return isLogged
		? refuse(context, status, text, wordsOfRefusal(code))
		: answer(context, status, text);
}

function listenerId(context: IWebhookFunctions): string {
	const isTest = context.getMode() === 'manual';
	return listenerIdOf(context.getWorkflow().id ?? '', context.getNode().id, isTest);
}

/** @throws CredentialProblem or StateProblem */
async function openInbox(context: IWebhookFunctions, secrets: WebhookSecrets): Promise<Inbox> {
	const account = parseAccountWithoutToken(secrets.credential);
	const store = await openAccountStore(account);
	// Not awaited. If nothing is sent, this is the only purge.
	if (store !== null) {
		void purgeNowAndThen(store, accountKeyOf(account), account.retentionDays, (what, error) =>
			log(context, 'warn', `${what}: ${reasonOf(error)}`),
		);
	}
	return new Inbox({
		store,
		account,
		group: listenerGroup(secrets.appSecret),
		listenerId: listenerId(context),
		scope: readScope(context, account),
		ownUrl: context.getNodeWebhookUrl('default') ?? null,
		post: callCallback,
		refusals,
		clock: systemClock,
		log: (level, message) => log(context, level, message),
	});
}

/** Describes a problem worth another delivery; anything else is thrown as this node's error. */
function describeProblem(context: IWebhookFunctions, error: unknown): string {
	if (error instanceof FieldProblem) return error.message;
	if (error instanceof StateProblem || error instanceof CredentialProblem) {
		return `the state cannot be written: ${error.message}`;
	}
	throw new NodeOperationError(context.getNode(), error instanceof Error ? error : String(error));
}

function describeSkipped(filtered: ReadonlyMap<string, number>, repeated: number): string {
	const counts = Array.from(filtered, ([filter, count]) => `${count} by "${filter}"`);
	const reasons = [
		...(counts.length > 0 ? [`events were filtered out: ${counts.join(', ')}`] : []),
		...(repeated > 0 ? [`${repeated} were delivered before`] : []),
	];
	return reasons.length === 0 ? 'it contains no event' : reasons.join('; ');
}
