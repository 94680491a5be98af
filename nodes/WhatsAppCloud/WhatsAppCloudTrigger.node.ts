import {
	NodeOperationError,
	type IExecuteFunctions,
	type IHookFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type ITriggerFunctions,
	type ITriggerResponse,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { credentialName } from './graph/account';
import { loadPhoneNumbers, searchPhoneNumbers } from './methods/phoneNumbers';
import { searchRegistrations } from './methods/registrations';
import { handleRequest } from './trigger/host/handleRequest';
import { runExecution } from './trigger/host/runExecution';
import { runLoop } from './trigger/host/runLoop';
import { registrationContext } from './trigger/host/triggerProcess';
import {
	createRegistration,
	deleteRegistration,
	hasRegistration,
} from './trigger/registration/lifecycle';
import { triggerFields, triggerPanel } from './trigger/settings/triggerFields';
import { triggerOutputs } from './trigger/settings/triggerOutputs';
import { StateProblem } from './store/stateProblem';
import { Problem } from './values/problem';
import { reasonOf } from './values/unknown';

/** Where the state is off, n8n answers 200 once it has accepted the execution. */
const ON_RECEIVED = { responseMode: 'onReceived', responseData: 'noData' } as const;

/**
 * Starts workflows for the events in Meta's webhooks, in three steps that n8n may run in different
 * processes: `webhook()` keeps the events in the state and answers Meta, `trigger()` starts an
 * execution for what is kept, and `execute()` claims it and makes the items.
 */
export class WhatsAppCloudTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'WhatsApp Cloud Trigger',
		name: 'whatsAppCloudTrigger',
		icon: { light: 'file:whatsapp-cloud.svg', dark: 'file:whatsapp-cloud.dark.svg' },
		group: ['trigger'],
		// For nodes of version 1, n8n evaluates an expression of its own in each webhook.
		version: [1, 2],
		defaultVersion: 2,
		subtitle:
			'={{ $parameter["events"].includes("*") ? "all events" : $parameter["events"].join(", ") }}',
		description: 'Starts the workflow when a WhatsApp message, status or account event arrives',
		defaults: { name: 'WhatsApp Cloud Trigger' },
		inputs: [],
		outputs: triggerOutputs,
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
		return await handleRequest(this);
	}

	async trigger(this: ITriggerFunctions): Promise<ITriggerResponse> {
		return await explained(this, runLoop(this));
	}

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runExecution(this);
	}
}

/** On activation n8n shows only an error's message, so the advice goes into it. */
async function explained<Result>(
	context: Pick<IHookFunctions, 'getNode'>,
	work: Promise<Result>,
): Promise<Result> {
	return await work.catch((error: unknown) => {
		const sentences = [reasonOf(error), adviceOn(error)].filter((each) => each !== '');
		const message = sentences.map((each) => each.replace(/\.?$/, '.')).join(' ');
		throw new NodeOperationError(context.getNode(), message);
	});
}

/** Empty where the message already says what to do. */
function adviceOn(error: unknown): string {
	if (error instanceof Problem) return error.advice;
	return error instanceof StateProblem ? '' : 'Check the credential "WhatsApp Cloud API".';
}
