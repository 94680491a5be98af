import { randomUUID } from 'node:crypto';
import type { N8nNode } from '../../scripts/host/n8n-api.ts';
import type { Testbed } from './testbed.ts';

export const appSecret = 'a secret of the benchmark';

/** A way of receiving webhooks. */
export interface Contestant {
	name: string;
	url: string;
	workflowId: string;
	/** Whether a status starts an execution. */
	startsByStatuses: boolean;
	/** Whether statuses are recorded in the state in n8n's folder. */
	keepsState: boolean;
}

/** Does nothing. */
const end: Omit<N8nNode, 'id'> = {
	name: 'End',
	type: 'n8n-nodes-base.noOp',
	typeVersion: 1,
	position: [200, 0],
	parameters: {},
};

/** All ways of receiving webhooks, each in a published workflow of its own. */
export async function createContestants(testbed: Testbed): Promise<Contestant[]> {
	const path = randomUUID();
	const credential = await testbed.api.saveCredential('Built-in trigger', 'whatsAppTriggerApi', {
		clientId: '100000000000001',
		clientSecret: appSecret,
	});
	const builtIn = (options: object) => ({
		type: 'n8n-nodes-base.whatsAppTrigger',
		parameters: { updates: ['messages'], options },
		credentials: { whatsAppTriggerApi: { id: credential.id, name: credential.name } },
	});
	const every = { startsByStatuses: true, keepsState: false };
	const chosen = { startsByStatuses: false, keepsState: false };
	return [
		await createContestant(testbed, 'Webhook node', every, {
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2,
			parameters: { httpMethod: 'POST', path, responseMode: 'onReceived', options: {} },
			webhookId: path,
		}),
		await createContestant(testbed, 'Built-in trigger', every, builtIn({})),
		await createContestant(
			testbed,
			'Built-in trigger without statuses',
			chosen,
			builtIn({ messageStatusUpdates: [] }),
		),
		await createContestant(testbed, 'This trigger, state off', chosen, await ours(testbed, 'off')),
		await createContestant(
			testbed,
			'This trigger, SQLite',
			{ ...chosen, keepsState: true },
			await ours(testbed, 'sqlite'),
		),
	];
}

async function ours(
	{ api }: Testbed,
	stateStore: string,
): Promise<Pick<N8nNode, 'type' | 'parameters' | 'credentials'>> {
	const name = `State ${stateStore}`;
	const { id } = await api.saveCredential(name, 'whatsAppCloudApi', {
		appSecret,
		verifyToken: 'a verify token of the benchmark',
		businessAccountId: '300000000000001',
		advancedSettings: true,
		stateStore,
	});
	return {
		type: 'n8n-nodes-whatsapp-cloud.whatsAppCloudTrigger',
		parameters: { registration: 'manual', events: ['message'] },
		credentials: { whatsAppCloudApi: { id, name } },
	};
}

/** A workflow with the trigger and a node that does nothing. */
async function createContestant(
	{ api, n8n }: Testbed,
	name: string,
	about: Pick<Contestant, 'startsByStatuses' | 'keepsState'>,
	node: Omit<N8nNode, 'id' | 'name'>,
): Promise<Contestant> {
	const webhookId = node.webhookId ?? randomUUID();
	const workflow = await api.createWorkflow({
		name,
		nodes: [
			{ id: randomUUID(), name: 'In', typeVersion: 1, position: [0, 0], ...node, webhookId },
			{ ...end, id: randomUUID() },
		],
		connections: { In: { main: [[{ node: 'End', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	});
	await api.activate(workflow);
	const path = node.webhookId === undefined ? `${webhookId}/webhook` : webhookId;
	return { name, url: `${n8n.baseUrl}/webhook/${path}`, workflowId: workflow.id, ...about };
}
