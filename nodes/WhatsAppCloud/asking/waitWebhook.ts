import type {
	IBinaryData,
	IWebhookDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { credentialName, parseAccount, type Account } from '../graph/account';
import { createGraphClient } from '../graph/client';
import { createSteadyClient } from '../graph/steps/steadyClient';
import { createTokenChoice } from '../graph/tokenChoice';
import { createListening } from '../node/rules/listening';
import { createMessenger } from '../sending/messenger';
import { deliverySchema } from '../sending/settings/deliveryFields';
import { openAccountStore } from '../store/accountStore';
import type { Store } from '../store/store';
import { systemClock } from '../time/system/systemClock';
import { fetchAttachments } from '../trigger/execution/attachments';
import { reasonOf } from '../values/unknown';
import { answerItems, type AnswerFiles } from './answerItems';
import { carryOn, type CarriedWait } from './carryOn';

const onReceived = {
	responseMode: 'onReceived',
	// The node's own answer, also where it resumes the execution.
	responseData: '',
	path: '={{ $nodeId }}',
	restartWebhook: true,
	isFullPath: true,
} as const;

/** The address at which a waiting execution is called. */
export const waitWebhooks: IWebhookDescription[] = [
	{ name: 'default', httpMethod: 'GET', ...onReceived },
	{ name: 'default', httpMethod: 'POST', ...onReceived },
];

/** Largest file of an answer. */
const maxMegabytes = 100;

/**
 * Called at a waiting execution's signed address: does what is due and says what became of it, as
 * text. Never throws, since n8n would resume the execution with the error.
 */
export async function answerCall(host: IWebhookFunctions): Promise<IWebhookResponseData> {
	if (host.getRequestObject().method !== 'POST') {
		return { webhookResponse: 'This question is answered in WhatsApp.' };
	}
	try {
		return await carryExecutionOn(host);
	} catch (error) {
		return { webhookResponse: `problem: ${reasonOf(error)}` };
	}
}

/** @throws whatever keeps the wait from being read or written */
async function carryExecutionOn(host: IWebhookFunctions): Promise<IWebhookResponseData> {
	const { wait: waitId } = host.getQueryData() as { wait?: unknown };
	const account = parseAccount(await host.getCredentials(credentialName));
	const store = await openAccountStore(account);
	if (typeof waitId !== 'string' || store === null) return { webhookResponse: 'over' };
	const carried = await carryWait(host, account, store, waitId);
	if (carried === null) return { webhookResponse: 'over' };
	if (carried === 'held') return { webhookResponse: 'busy' };
	if (!carried.isDecided) return { webhookResponse: 'waiting' };
	const files = await filesOf(host, account, carried);
	const workflowData = answerItems(carried.wait, carried.questions, files);
	return { webhookResponse: 'taken', workflowData };
}

async function carryWait(
	host: IWebhookFunctions,
	account: Account,
	store: Store,
	waitId: string,
): Promise<CarriedWait | 'held' | null> {
	const node = host.getNode();
	const warn = (what: string, error: unknown): void =>
		host.logger.warn(`${node.name}: ${what}: ${reasonOf(error)}`);
	const messenger = createMessenger(
		{
			host: {
				getInputData: () => [],
				getTimezone: () => host.getTimezone(),
				addExecutionHints: () => undefined,
				logger: host.logger,
			},
			account,
			graph: createGraphClient(account),
			tokens: createTokenChoice(account),
			signal: undefined,
			identity: {
				workflowId: host.getWorkflow().id ?? 'unsaved',
				executionId: host.getExecutionId(),
				executionBegan: null,
				nodeId: node.id,
				nodeName: node.name,
				runIndex: 0,
				toolCall: null,
				isRetriedExecution: false,
				operationIds: new Map(),
				takenIds: new Set(),
			},
			listeningSince: createListening(account),
			categoryOfTemplate: () => Promise.resolve(null),
		},
		() => deliverySchema.parse({}),
	);
	try {
		return await carryOn(waitId, {
			store,
			sender: {
				account,
				messenger,
				node,
				timeZone: host.getTimezone(),
			},
			clock: systemClock,
			warn,
		});
	} finally {
		await messenger.close();
	}
}

/** The files that answer. What cannot be fetched is told in the item. */
async function filesOf(
	host: IWebhookFunctions,
	account: Account,
	{ questions }: CarriedWait,
): Promise<AnswerFiles> {
	const events = questions.flatMap(({ given }) => given.map(({ event }) => event));
	if (!events.some(({ media }) => media !== null)) return new Map();
	const files = await fetchAttachments<IBinaryData>(
		createSteadyClient(account, { clock: systemClock }),
		events,
		{ maxMegabytes },
		async (...file) => await host.helpers.prepareBinaryData(...file),
		(timeoutMs) => AbortSignal.timeout(timeoutMs),
	);
	return files as AnswerFiles;
}
