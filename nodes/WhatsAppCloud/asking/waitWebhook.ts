import type {
	IBinaryData,
	IWebhookDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { credentialName, parseAccount } from '../graph/account';
import type { GraphClient } from '../graph/client';
import { openSending } from '../node/sending/openSending';
import { deliverySchema } from '../sending/settings/deliveryFields';
import { openAccountStore } from '../store/accountStore';
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
	const node = host.getNode();
	const { graph, messenger } = openSending(
		{
			host: {
				getInputData: () => [],
				getTimezone: () => host.getTimezone(),
				addExecutionHints: () => undefined,
				logger: host.logger,
			},
			account,
			signal: undefined,
			identity: { executionId: host.getExecutionId(), executionBegan: null },
		},
		() => deliverySchema.parse({}),
	);
	try {
		const carried = await carryOn(waitId, {
			store,
			sender: { account, messenger, node },
			clock: systemClock,
			warn: (what, error) => host.logger.warn(`${node.name}: ${what}: ${reasonOf(error)}`),
		});
		if (carried === null) return { webhookResponse: 'over' };
		if (carried === 'held') return { webhookResponse: 'busy' };
		if (!carried.isDecided) return { webhookResponse: 'waiting' };
		const files = await filesOf(host, graph, carried);
		const workflowData = answerItems(carried.wait, carried.questions, files);
		return { webhookResponse: 'taken', workflowData };
	} finally {
		await messenger.close();
	}
}

/** The files that answer. What cannot be fetched is told in the item. */
async function filesOf(
	host: IWebhookFunctions,
	graph: GraphClient,
	{ questions }: CarriedWait,
): Promise<AnswerFiles> {
	const events = questions.flatMap(({ given }) => given.map(({ event }) => event));
	if (!events.some(({ media }) => media !== null)) return new Map();
	const files = await fetchAttachments<IBinaryData>(
		graph,
		events,
		{ maxMegabytes },
		async (...file) => await host.helpers.prepareBinaryData(...file),
		(timeoutMs) => AbortSignal.timeout(timeoutMs),
	);
	return files as AnswerFiles;
}
