import {
	NodeConnectionTypes,
	NodeOperationError,
	type IBinaryData,
	type IHookFunctions,
	type ILoadOptionsFunctions,
	type INodeExecutionData,
	type INodePropertyOptions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { credentialName } from './actions/run';
import { parseAccount, type Account } from './graph/account';
import { createGraphClient } from './graph/client';
import { searchPhoneNumbers } from './methods/phoneNumbers';
import { markAsRead } from './webhook/acknowledge';
import { fetchAttachments, type Attachment } from './webhook/attachments';
import { choose } from './webhook/choose';
import {
	readTriggerOptions,
	readWebhookSecrets,
	type WebhookSecrets,
} from './webhook/configuration';
import type { WebhookEvent } from './webhook/events';
import { triggerFields } from './webhook/fields';
import { byOutput, itemJson } from './webhook/items';
import { createRegistration, deleteRegistration, hasRegistration } from './webhook/lifecycle';
import { normalise } from './webhook/normalise';
import { OptionProblem, type TriggerOptions } from './webhook/options';
import { parseBody } from './webhook/parse';
import { redactor } from './webhook/redact';
import { RegistrationProblem } from './webhook/registrationProblem';
import { Subscriptions } from './webhook/subscriptions';
import { SIGNATURE_HEADER, verifySignature, verifySubscription } from './webhook/verify';

const NO_BYTES = new Uint8Array(0);

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

		const options = optionsOrProblem(this);
		if (options instanceof OptionProblem) return refuse(this, 500, 'Try again', options.message);
		const { chosen, filtered } = choose(events, options.choice, Date.now());
		if (chosen.length === 0) return accept(this, reasonOf(filtered));

		const files = await exchangeWithMeta(this, chosen, options);

		return { workflowData: toItems(chosen, files, options, secrets) };
	}
}

const connect = (account: Account) => new Subscriptions(createGraphClient(account));

/** Of an error at activation n8n shows the message alone, so the advice is part of it. */
async function explained<Result>(context: IHookFunctions, work: Promise<Result>): Promise<Result> {
	return await work.catch((error: unknown) => {
		const message = error instanceof Error ? error.message : String(error);
		const hasAdvice = error instanceof RegistrationProblem || error instanceof OptionProblem;
		const advice = hasAdvice ? error.advice : 'Check the credential "WhatsApp Cloud API".';
		throw new NodeOperationError(context.getNode(), `${message}. ${advice}`);
	});
}

/** A request is refused, not failed, when the credential is gone: the log says what happened. */
function withoutSecrets(context: IWebhookFunctions, error: unknown): WebhookSecrets {
	const reason = error instanceof Error ? error.message : 'for an unknown reason';
	context.logger.error(`${context.getNode().name}: the credential cannot be read, ${reason}`);
	return { appSecret: '', verifyToken: '' };
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

/**
 * The bytes as they came, unpacked.
 *
 * @throws what n8n throws for a body that is too large, cut off or packed wrongly
 */
async function rawBodyOf(context: IWebhookFunctions): Promise<Uint8Array> {
	const request = context.getRequestObject();
	if (!Buffer.isBuffer(request.rawBody)) await request.readRawBody();
	return Buffer.isBuffer(request.rawBody) ? request.rawBody : NO_BYTES;
}

function optionsOrProblem(context: IWebhookFunctions): TriggerOptions | OptionProblem {
	try {
		return readTriggerOptions(context);
	} catch (error) {
		if (error instanceof OptionProblem) return error;
		throw new NodeOperationError(context.getNode(), error instanceof Error ? error : String(error));
	}
}

type Files = Map<WebhookEvent, Attachment<IBinaryData>>;

/** Blue ticks and files, both at once. Nothing that goes wrong here costs an event. */
async function exchangeWithMeta(
	context: IWebhookFunctions,
	events: readonly WebhookEvent[],
	options: TriggerOptions,
): Promise<Files> {
	if (options.markAsRead === null && options.download === null) return new Map();
	try {
		const graph = createGraphClient(parseAccount(await context.getCredentials(credentialName)));
		const [problems, files] = await Promise.all([
			options.markAsRead === null ? [] : markAsRead(graph, events, options.markAsRead.showTyping),
			options.download === null
				? new Map<WebhookEvent, Attachment<IBinaryData>>()
				: fetchAttachments(
						graph,
						events,
						options.download,
						async (...file) => await context.helpers.prepareBinaryData(...file),
					),
		]);
		for (const problem of problems) log(context, 'warn', `could not mark as read, ${problem}`);
		for (const file of files.values()) {
			if ('problem' in file) log(context, 'warn', `could not download a file: ${file.problem}`);
		}
		return files;
	} catch (error) {
		log(context, 'warn', error instanceof Error ? error.message : String(error));
		return new Map();
	}
}

function toItems(
	events: readonly WebhookEvent[],
	files: Files,
	{ shape, redact, download }: TriggerOptions,
	{ appSecret }: WebhookSecrets,
): INodeExecutionData[][] {
	const shown = redact ? redactor(appSecret) : (event: WebhookEvent) => event;
	const outputField = download?.outputField ?? 'data';
	return byOutput(events, shape).map((output) =>
		output.map((event) => {
			const file = files.get(event);
			if (file === undefined) return { json: itemJson(shown(event), shape) };
			const told = 'file' in file ? { outputField } : file;
			const json = itemJson(withFile(shown(event), told), shape);
			return 'file' in file ? { json, binary: { [outputField]: file.file } } : { json };
		}),
	);
}

function withFile(
	event: WebhookEvent,
	told: { outputField: string } | { problem: string },
): WebhookEvent {
	if (!('media' in event) || event.media === null) return event;
	return { ...event, media: { ...event.media, ...told } };
}

function reasonOf(filtered: ReadonlyMap<string, number>): string {
	if (filtered.size === 0) return 'it holds no event';
	const counts = Array.from(filtered, ([filter, count]) => `${count} by "${filter}"`);
	return `events were kept out: ${counts.join(', ')}`;
}

function accept(context: IWebhookFunctions, reason: string): IWebhookResponseData {
	log(context, 'debug', `webhook starts no execution, because ${reason}`);
	return answer(context, 200, 'EVENT_RECEIVED');
}

function refuse(
	context: IWebhookFunctions,
	status: number,
	text: string,
	reason: string,
): IWebhookResponseData {
	log(context, 'warn', `webhook answered with ${status}, because ${reason}`);
	return answer(context, status, text);
}

/** Answers by ourselves, which tells n8n to start no execution. */
function answer(context: IWebhookFunctions, status: number, text: string): IWebhookResponseData {
	context
		.getResponseObject()
		.status(status)
		.set('X-Content-Type-Options', 'nosniff')
		.type('text/plain')
		.send(text);
	return { noWebhookResponse: true };
}

function log(context: IWebhookFunctions, level: 'debug' | 'warn', message: string): void {
	const node = context.getNode();
	context.logger[level](`${node.name}: ${message}`, {
		workflowId: context.getWorkflow().id,
		nodeId: node.id,
	});
}
