import { nodeRuns } from '../../scripts/host/execution-data.ts';
import { CREDENTIAL_TYPE } from '../../scripts/host/autoresponder.ts';
import type { N8nApi, N8nCredential, N8nWorkflow } from '../../scripts/host/n8n-api.ts';
import type { ChatClient } from '../../scripts/host/chat-client.ts';
import { testAccount } from '../../scripts/host/test-account.ts';
import type { ChatMessage } from '../../simulator/chat-contract.ts';
import { until } from '../until.ts';

const { phoneNumberId } = testAccount;
const node = (name: string, type: string, x: number, y = 0) => ({
	id: name.toLowerCase().replace(' ', '-'),
	name,
	type,
	typeVersion: 1,
	position: [x, y] as [number, number],
	parameters: {},
});

/**
 * A workflow that asks whom its webhook names (`{people: […]}`, one item each) and has a node behind
 * each output.
 *
 * @param path of its webhook
 */
export async function createAsking(
	api: N8nApi,
	credential: N8nCredential,
	path: string,
	parameters: Record<string, unknown>,
): Promise<N8nWorkflow> {
	return await api.createWorkflow({
		name: path,
		nodes: [
			{
				...node('In', 'n8n-nodes-base.webhook', 0),
				typeVersion: 2,
				webhookId: path,
				parameters: { httpMethod: 'POST', path, responseMode: 'onReceived', options: {} },
			},
			{
				...node('People', 'n8n-nodes-base.splitOut', 200),
				parameters: { fieldToSplitOut: 'body.people', options: {} },
			},
			{
				...node('Ask', 'n8n-nodes-whatsapp-cloud.whatsAppCloud', 400),
				parameters: {
					resource: 'message',
					operation: 'sendAndWait',
					recipient: "={{ $json['body.people'] ?? $json.people }}",
					message: 'Pay 500 €?',
					...parameters,
				},
				credentials: { [CREDENTIAL_TYPE]: { id: credential.id, name: credential.name } },
			},
			node('Answered', 'n8n-nodes-base.noOp', 600),
			node('Timed Out', 'n8n-nodes-base.noOp', 600, 200),
		],
		connections: {
			In: { main: [[{ node: 'People', type: 'main', index: 0 }]] },
			People: { main: [[{ node: 'Ask', type: 'main', index: 0 }]] },
			Ask: {
				main: [
					[{ node: 'Answered', type: 'main', index: 0 }],
					[{ node: 'Timed Out', type: 'main', index: 0 }],
				],
			},
		},
		settings: { executionOrder: 'v1' },
	});
}

/** Starts it, once n8n has published it. */
export async function startAsking(n8nUrl: string, path: string, people: string[]): Promise<void> {
	await until('the webhook starts the workflow', async () => {
		const response = await fetch(`${n8nUrl}/webhook/${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ people }),
		});
		return response.ok;
	});
}

/** The items behind both outputs of the workflow's last execution, once it has ended. */
export async function outcome(
	api: N8nApi,
	workflowId: string,
): Promise<Record<'Answered' | 'Timed Out', Record<string, unknown>[]>> {
	const execution = await until('the execution ends', async () => {
		const [last] = await api.executions(workflowId);
		return last !== undefined && ['success', 'error', 'crashed'].includes(last.status)
			? await api.execution(last.id)
			: null;
	});
	const runs = nodeRuns(execution.data ?? '');
	const behind = (name: string) =>
		(runs[name] ?? []).flatMap(({ outputs }) => outputs.flat()).map(({ json }) => json);
	return { Answered: behind('Answered'), 'Timed Out': behind('Timed Out') };
}

/** What the business has sent to somebody, oldest first. */
export async function sentTo(chat: ChatClient, waId: string): Promise<ChatMessage[]> {
	const { conversations } = await chat.state();
	return conversations
		.filter((one) => one.phoneNumberId === phoneNumberId && one.customer === waId)
		.flatMap(({ messages }) => messages)
		.filter(({ author }) => author === 'business');
}

/** The reply buttons of a message. */
export function buttonsOf({ body }: ChatMessage): { id: string; title: string }[] {
	const { interactive } = body as {
		interactive?: { action?: { buttons?: { reply: { id: string; title: string } }[] } };
	};
	return (interactive?.action?.buttons ?? []).map(({ reply }) => reply);
}

/** Messages that somebody has tapped on. */
const tapped = new Set<string>();

/** Taps a button of the last message that has it and was not tapped on. @returns the tap's ID */
export async function tap(chat: ChatClient, waId: string, title: string): Promise<string> {
	const { message, reply } = await until(`${waId} can tap "${title}"`, async () => {
		const messages = (await sentTo(chat, waId)).toReversed();
		for (const message of messages.filter(({ id }) => !tapped.has(id))) {
			const reply = buttonsOf(message).find((each) => each.title === title);
			if (reply !== undefined) return { message, reply };
		}
		return null;
	});
	tapped.add(message.id);
	return await chat.send(phoneNumberId, waId, {
		type: 'interactive',
		context: { message_id: message.id },
		interactive: { type: 'button_reply', button_reply: reply },
	});
}
