import {
	NodeConnectionTypes,
	NodeOperationError,
	type IHookFunctions,
	type ILoadOptionsFunctions,
	type INodePropertyOptions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { credentialName } from './actions/run';
import { parseAccount, parseAccountWithoutToken, type Account } from './graph/account';
import { createGraphClient } from './graph/client';
import { searchPhoneNumbers } from './methods/phoneNumbers';
import { openAccountStore } from './state/accountStore';
import { choose } from './webhook/choose';
import {
	readTriggerOptions,
	readWebhookSecrets,
	type WebhookSecrets,
} from './webhook/configuration';
import type { WebhookEvent } from './webhook/events';
import { exchangeWithMeta, toItems } from './webhook/exchange';
import { triggerFields } from './webhook/fields';
import { createRegistration, deleteRegistration, hasRegistration } from './webhook/lifecycle';
import { normalise } from './webhook/normalise';
import { OptionProblem, type TriggerOptions } from './webhook/options';
import { parseBody } from './webhook/parse';
import { recordFacts } from './webhook/record';
import { RegistrationProblem } from './webhook/registrationProblem';
import { accept, answer, log, rawBodyOf, refuse, tryAgain } from './webhook/reply';
import { Subscriptions } from './webhook/subscriptions';
import { SIGNATURE_HEADER, verifySignature, verifySubscription } from './webhook/verify';

/**
 * n8n answers 200 as soon as it has accepted the execution: not before, or a crash would lose it,
 * and not after, since Meta waits for seconds only.
 */
const ON_RECEIVED = { responseMode: 'onReceived', responseData: 'noData' } as const;

/** Starts a workflow for each webhook of Meta that holds a chosen event. */
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
		// Meta verifies an address by GET and delivers to the same one by POST.
		webhooks: [
			{ name: 'setup', httpMethod: 'GET', path: 'webhook', ...ON_RECEIVED },
			{ name: 'default', httpMethod: 'POST', path: 'webhook', ...ON_RECEIVED },
		],
		properties: triggerFields,
	};

	methods = {
		listSearch: { searchPhoneNumbers },
		loadOptions: {
			async getPhoneNumbers(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
				const { results } = await searchPhoneNumbers.call(this);
				return results.map(({ name, value }) => ({ name, value }));
			},
		},
	};

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await explained(this, hasRegistration(this, credentialName, connect));
			},
			async create(this: IHookFunctions): Promise<boolean> {
				await explained(this, createRegistration(this, credentialName, connect));
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				await explained(this, deleteRegistration(this, credentialName, connect));
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const secrets = await readWebhookSecrets(this, credentialName).catch((error: unknown) =>
			withoutSecrets(this, error),
		);
		if (this.getWebhookName() === 'setup') return answerVerification(this, secrets);

		const body = await rawBodyOf(this).catch(() => null);
		if (body === null) return refuse(this, 400, 'Not readable', 'the body could not be read');
		const signature = this.getHeaderData()[SIGNATURE_HEADER];
		const verdict = verifySignature(body, signature, secrets.appSecret);
		if (!verdict.accepted) return refuse(this, 401, 'Signature refused', verdict.reason);

		const parsed = parseBody(body);
		if (!parsed.ok) return refuse(this, 400, 'Not JSON', 'the body is signed but is no JSON');

		const events = normalise(parsed.payload);
		const problem = await record(secrets.credential, events).then(
			() => null,
			(error: unknown) => reasonOf(error),
		);
		if (problem !== null) return tryAgain(this, `the state cannot be written: ${problem}`);

		const options = optionsOrProblem(this);
		if (options instanceof OptionProblem) return tryAgain(this, options.message);
		const { chosen, filtered } = choose(events, options.choice, Date.now());
		if (chosen.length === 0) return accept(this, tellFiltered(filtered));

		const { files, problems } = await exchangeWithMeta(
			async () => createGraphClient(parseAccount(await this.getCredentials(credentialName))),
			chosen,
			options,
			async (...file) => await this.helpers.prepareBinaryData(...file),
		);
		for (const each of problems) log(this, 'warn', each);

		return { workflowData: toItems(chosen, files, options, secrets.appSecret) };
	}
}

const connect = (account: Account) => new Subscriptions(createGraphClient(account));

/** Of an error at activation n8n shows the message alone, so the advice is part of it. */
async function explained<Result>(context: IHookFunctions, work: Promise<Result>): Promise<Result> {
	return await work.catch((error: unknown) => {
		const hasAdvice = error instanceof RegistrationProblem || error instanceof OptionProblem;
		const advice = hasAdvice ? error.advice : 'Check the credential "WhatsApp Cloud API".';
		throw new NodeOperationError(context.getNode(), `${reasonOf(error)}. ${advice}`);
	});
}

/** A request is refused, not failed, when the credential is gone: the log says what happened. */
function withoutSecrets(context: IWebhookFunctions, error: unknown): WebhookSecrets {
	log(context, 'error', `the credential cannot be read, ${reasonOf(error)}`);
	return { appSecret: '', verifyToken: '', credential: null };
}

function answerVerification(
	context: IWebhookFunctions,
	{ verifyToken }: WebhookSecrets,
): IWebhookResponseData {
	const query = context.getQueryData() as Readonly<Record<string, unknown>>;
	const verdict = verifySubscription(query, verifyToken);
	return verdict.accepted
		? answer(context, 200, verdict.challenge)
		: refuse(context, 403, 'Verification refused', verdict.reason);
}

/** @throws CredentialProblem or StateProblem */
async function record(credential: unknown, events: readonly WebhookEvent[]): Promise<void> {
	const account = parseAccountWithoutToken(credential);
	const store = await openAccountStore(account);
	if (store !== null) await recordFacts(store, account, events, Date.now());
}

function optionsOrProblem(context: IWebhookFunctions): TriggerOptions | OptionProblem {
	try {
		return readTriggerOptions(context);
	} catch (error) {
		if (error instanceof OptionProblem) return error;
		throw new NodeOperationError(context.getNode(), error instanceof Error ? error : String(error));
	}
}

function tellFiltered(filtered: ReadonlyMap<string, number>): string {
	if (filtered.size === 0) return 'it holds no event';
	const counts = Array.from(filtered, ([filter, count]) => `${count} by "${filter}"`);
	return `events were kept out: ${counts.join(', ')}`;
}

function reasonOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
