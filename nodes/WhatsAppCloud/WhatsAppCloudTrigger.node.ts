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

import { credentialName } from './actions/execute';
import { searchPhoneNumbers } from './methods/phoneNumbers';
import { choose } from './webhook/choose';
import { triggerFields } from './webhook/fields';
import { toOutputs } from './webhook/items';
import { normalise } from './webhook/normalise';
import { OptionProblem, readOptions, type TriggerOptions } from './webhook/options';
import { parseBody } from './webhook/parse';
import { redactor } from './webhook/redact';
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
		outputs: `={{ $parameter["options"]?.["splitOutputs"] ? ["Messages", "Statuses", "Other"].map((displayName) => ({ type: "${NodeConnectionTypes.Main}", displayName })) : [{ type: "${NodeConnectionTypes.Main}" }] }}`,
		credentials: [{ name: credentialName, required: true }],
		// Meta verifies an address by GET and delivers to the same one by POST.
		webhooks: [
			{ name: 'setup', httpMethod: 'GET', path: 'webhook', ...ON_RECEIVED },
			{ name: 'default', httpMethod: 'POST', path: 'webhook', ...ON_RECEIVED },
		],
		properties: [
			{
				displayName:
					'Paste the production URL above into your app at Meta: App Dashboard → WhatsApp → Configuration → Webhook → Callback URL, with the verify token of the credential. Publish this workflow first, since Meta calls the URL when you save. Then subscribe to the fields you need there; "messages" brings messages and statuses.',
				name: 'registrationNotice',
				type: 'notice',
				default: '',
			},
			...triggerFields,
		],
	};

	methods = {
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
				await requireUsableConfiguration(this);
				return true;
			},
			async create(this: IHookFunctions): Promise<boolean> {
				await requireUsableConfiguration(this);
				return true;
			},
			// The callback was registered by hand, so it is not for this node to remove.
			delete: async (): Promise<boolean> => await Promise.resolve(true),
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const secrets = await readWebhookSecrets(this).catch((error: unknown) =>
			withoutSecrets(this, error),
		);

		if (this.getWebhookName() === 'setup') {
			const verdict = verifySubscription(queryOf(this), secrets.verifyToken);
			return verdict.accepted
				? answer(this, 200, verdict.challenge)
				: refuse(this, 403, 'Verification refused', verdict.reason);
		}

		const body = await rawBodyOf(this);
		const signature = this.getHeaderData()[SIGNATURE_HEADER];
		const verdict = verifySignature(body, signature, secrets.appSecret);
		if (!verdict.accepted) return refuse(this, 401, 'Signature refused', verdict.reason);

		const parsed = parseBody(body);
		if (!parsed.ok) return refuse(this, 400, 'Not JSON', 'the body is signed but is no JSON');

		const events = normalise(parsed.payload);

		const options = optionsOf(this);
		if (options instanceof OptionProblem) return refuse(this, 500, 'Try again', options.message);

		const { chosen, filtered } = choose(events, options.choice, Date.now());
		if (chosen.length === 0) return accept(this, reasonOf(filtered));

		const shown = options.redact ? chosen.map(redactor(secrets.appSecret)) : chosen;
		const outputs = toOutputs(shown, options.shape);
		return { workflowData: outputs.map((items) => items.map((json) => ({ json }))) };
	}
}

type WebhookSecrets = { appSecret: string; verifyToken: string };

async function readWebhookSecrets(
	context: IHookFunctions | IWebhookFunctions,
): Promise<WebhookSecrets> {
	const credentials = await context.getCredentials(credentialName);
	const text = (value: unknown) => (typeof value === 'string' ? value.trim() : '');
	return {
		appSecret: text(credentials['appSecret']),
		verifyToken: text(credentials['verifyToken']),
	};
}

/** A request is refused, not failed, when the credential is gone: the log says what happened. */
function withoutSecrets(context: IWebhookFunctions, error: unknown): WebhookSecrets {
	const reason = error instanceof Error ? error.message : 'for an unknown reason';
	context.logger.error(`${context.getNode().name}: the credential cannot be read, ${reason}`);
	return { appSecret: '', verifyToken: '' };
}

/** Says at activation, rather than by silence later, what keeps the trigger from working. */
async function requireUsableConfiguration(context: IHookFunctions): Promise<void> {
	const { appSecret, verifyToken } = await readWebhookSecrets(context);
	if (appSecret === '') {
		throw new NodeOperationError(context.getNode(), 'The credential has no app secret', {
			description:
				'Without it nobody can tell webhooks of Meta from forged ones, so the trigger does not start. Copy it from App Dashboard → App settings → Basic → App secret into the credential.',
		});
	}
	if (verifyToken === '') {
		throw new NodeOperationError(context.getNode(), 'The credential has no verify token', {
			description:
				'Meta sends it when you register the callback URL. Make up a long random text, put it into the credential and paste the same text at Meta beside the callback URL.',
		});
	}
	const options = optionsOf(context);
	if (options instanceof OptionProblem) {
		throw new NodeOperationError(context.getNode(), options.message, {
			description: options.advice,
		});
	}
}

function optionsOf(context: IHookFunctions | IWebhookFunctions): TriggerOptions | OptionProblem {
	try {
		const parameters = {
			events: context.getNodeParameter('events', []),
			messageTypes: context.getNodeParameter('messageTypes', []),
			statuses: context.getNodeParameter('statuses', []),
			simplify: context.getNodeParameter('simplify', true),
			options: context.getNodeParameter('options', {}),
		};
		return readOptions(parameters, context.getTimezone());
	} catch (error) {
		if (error instanceof OptionProblem) return error;
		throw new NodeOperationError(context.getNode(), error instanceof Error ? error : String(error));
	}
}

function queryOf(context: IWebhookFunctions): Readonly<Record<string, unknown>> {
	return context.getQueryData() as Record<string, unknown>;
}

/** n8n has read (and unpacked) the body of most requests already; `readRawBody` gets the rest. */
async function rawBodyOf(context: IWebhookFunctions): Promise<Uint8Array> {
	const request = context.getRequestObject();
	if (!Buffer.isBuffer(request.rawBody)) await request.readRawBody();
	return Buffer.isBuffer(request.rawBody) ? request.rawBody : NO_BYTES;
}

function reasonOf(filtered: ReadonlyMap<string, number>): string {
	if (filtered.size === 0) return 'it holds no event';
	const counts = Array.from(filtered, ([filter, count]) => `${count} by "${filter}"`);
	return `events were kept out: ${counts.join(', ')}`;
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

function refuse(
	context: IWebhookFunctions,
	status: number,
	text: string,
	reason: string,
): IWebhookResponseData {
	const node = context.getNode();
	context.logger.warn(`${node.name}: webhook answered with ${status}, because ${reason}`, {
		workflowId: context.getWorkflow().id,
		nodeId: node.id,
	});
	return answer(context, status, text);
}

function accept(context: IWebhookFunctions, reason: string): IWebhookResponseData {
	const node = context.getNode();
	context.logger.debug(`${node.name}: webhook starts no execution, because ${reason}`, {
		workflowId: context.getWorkflow().id,
		nodeId: node.id,
	});
	return answer(context, 200, 'EVENT_RECEIVED');
}
