import {
	NodeConnectionTypes,
	NodeOperationError,
	type IDataObject,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import type { WebhookEvent } from './webhook/events';
import { normalise } from './webhook/normalise';
import { parseBody } from './webhook/parse';
import { SIGNATURE_HEADER, verifySignature, verifySubscription } from './webhook/verify';

const CREDENTIAL = 'whatsAppCloudApi';
const NO_BYTES = new Uint8Array(0);

export class WhatsAppCloudTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'WhatsApp Cloud Trigger',
		name: 'whatsAppCloudTrigger',
		icon: { light: 'file:whatsapp-cloud.svg', dark: 'file:whatsapp-cloud.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: 'Messages and statuses',
		description: 'Starts the workflow when a WhatsApp message or status arrives',
		defaults: { name: 'WhatsApp Cloud Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: CREDENTIAL, required: true }],
		// Meta verifies an address by GET and delivers to the same one by POST.
		webhooks: [
			{ name: 'setup', httpMethod: 'GET', responseMode: 'onReceived', path: 'webhook' },
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook' },
		],
		properties: [
			{
				displayName:
					'Paste the production URL above into your app at Meta: App Dashboard → WhatsApp → Configuration → Webhook → Callback URL, with the verify token of the credential. Publish this workflow first, since Meta calls the URL when you save. Then subscribe to the fields you need there; "messages" brings messages and statuses.',
				name: 'registrationNotice',
				type: 'notice',
				default: '',
			},
		],
	};

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				await requireWebhookSecrets(this);
				return true;
			},
			async create(this: IHookFunctions): Promise<boolean> {
				await requireWebhookSecrets(this);
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				// The callback was registered by hand, so it is not for this node to remove.
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const { appSecret, verifyToken } = await readWebhookSecrets(this);

		if (this.getWebhookName() === 'setup') {
			const verdict = verifySubscription(queryOf(this), verifyToken);
			return verdict.accepted
				? answer(this, 200, verdict.challenge)
				: refuse(this, 403, 'Verification refused', verdict.reason);
		}

		const body = await rawBodyOf(this);
		const verdict = verifySignature(body, this.getHeaderData()[SIGNATURE_HEADER], appSecret);
		if (!verdict.accepted) return refuse(this, 401, 'Signature refused', verdict.reason);

		const parsed = parseBody(body);
		if (!parsed.ok) return refuse(this, 400, 'Not JSON', 'the body is signed but is no JSON');

		const events = normalise(parsed.payload);
		return events.length > 0
			? { workflowData: [toItems(events)] }
			: accept(this, 'the webhook holds no event');
	}
}

type WebhookSecrets = { appSecret: string; verifyToken: string };

async function readWebhookSecrets(
	context: IHookFunctions | IWebhookFunctions,
): Promise<WebhookSecrets> {
	const credentials = await context.getCredentials(CREDENTIAL);
	const text = (value: unknown) => (typeof value === 'string' ? value : '');
	return {
		appSecret: text(credentials['appSecret']),
		verifyToken: text(credentials['verifyToken']),
	};
}

async function requireWebhookSecrets(context: IHookFunctions): Promise<void> {
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
}

function queryOf(context: IWebhookFunctions): Readonly<Record<string, unknown>> {
	return context.getQueryData() as Record<string, unknown>;
}

/** n8n has read (and unpacked) the body of most requests already; `readRawBody` gets the rest. */
async function rawBodyOf(context: IWebhookFunctions): Promise<Uint8Array> {
	const request = context.getRequestObject();
	if (!Buffer.isBuffer(request.rawBody)) await request.readRawBody?.();
	return Buffer.isBuffer(request.rawBody) ? request.rawBody : NO_BYTES;
}

function toItems(events: WebhookEvent[]): Array<{ json: IDataObject }> {
	return events.map((event) => ({ json: event }));
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
	context.logger.warn(`${node.name}: webhook refused with ${status}, ${reason}`, {
		workflowId: context.getWorkflow().id,
		nodeId: node.id,
	});
	return answer(context, status, text);
}

function accept(context: IWebhookFunctions, reason: string): IWebhookResponseData {
	context.logger.debug(`${context.getNode().name}: webhook starts no execution, ${reason}`);
	return answer(context, 200, 'EVENT_RECEIVED');
}
