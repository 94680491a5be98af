import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { N8nNode } from '../../../scripts/host/n8n-api.ts';
import type { Testbed } from '../testbed.ts';
import { isListening } from './executions.ts';
import { appSecret } from './traffic.ts';

const pollMs = 100;
const limitMs = 60_000;

/** A way of receiving webhooks, in a published workflow. */
export interface Contestant {
	name: string;
	testbed: Testbed;
	url: string;
	workflowId: string;
	/** Whether a status starts an execution. */
	startsByStatuses: boolean;
	/** Whether statuses are recorded in the state in n8n's folder. */
	keepsState: boolean;
	/** Whether it needs more traffic than the others for its time to be measured. */
	isFast: boolean;
	/** What genuine webhooks bring besides their signature. */
	headers: Record<string, string>;
	/** Whether it refuses forged webhooks. */
	refuses: boolean;
}

type Node = Omit<N8nNode, 'id' | 'name'>;

/** Does nothing. */
const end: Omit<N8nNode, 'id'> = {
	name: 'End',
	type: 'n8n-nodes-base.noOp',
	typeVersion: 1,
	position: [200, 0],
	parameters: {},
};

const secretHeader = 'x-secret';

/** n8n's plain Webhook node: no signature, no verification, no notion of a status. */
export async function webhookNode(
	testbed: Testbed,
	name: string,
	authentication: 'none' | 'headerAuth',
	isFast: boolean,
): Promise<Contestant> {
	const path = randomUUID();
	const options = { httpMethod: 'POST', path, responseMode: 'onReceived', options: {} };
	const asksForHeader = authentication === 'headerAuth';
	const published = await publish(testbed, name, {
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		webhookId: path,
		parameters: { ...options, authentication },
		...(asksForHeader ? { credentials: await headerCredential(testbed) } : {}),
	});
	const headers: Record<string, string> = asksForHeader ? { [secretHeader]: appSecret } : {};
	const about = { startsByStatuses: true, keepsState: false, isFast, refuses: asksForHeader };
	return { name, testbed, ...published, ...about, headers };
}

async function headerCredential({ api }: Testbed): Promise<NonNullable<N8nNode['credentials']>> {
	const [type, name] = ['httpHeaderAuth', 'Header'];
	const { id } = await api.saveCredential(name, type, { name: secretHeader, value: appSecret });
	return { [type]: { id, name } };
}

/** The trigger that comes with n8n, with the same app secret. */
export async function builtInTrigger(testbed: Testbed, name: string): Promise<Contestant> {
	const { id } = await testbed.api.saveCredential('Built-in trigger', 'whatsAppTriggerApi', {
		clientId: '100000000000001',
		clientSecret: appSecret,
	});
	const published = await publish(testbed, name, {
		type: 'n8n-nodes-base.whatsAppTrigger',
		parameters: { updates: ['messages'], options: {} },
		credentials: { whatsAppTriggerApi: { id, name: 'Built-in trigger' } },
	});
	const about = { startsByStatuses: true, keepsState: false, isFast: false };
	return { name, testbed, ...published, ...about, headers: {}, refuses: true };
}

/** The settings of an n8n that has the trigger of `idleTrigger`. */
export const idleTriggerEnv = { N8N_CUSTOM_EXTENSIONS: join(import.meta.dirname, 'idle') };

/**
 * A trigger that does nothing but start executions, by the answer of its webhook or, as this
 * package's, from its loop. No trigger can be faster.
 */
export async function idleTrigger(
	testbed: Testbed,
	name: string,
	startsFrom: 'webhook' | 'loop',
	isFast: boolean,
): Promise<Contestant> {
	const published = await publish(testbed, name, {
		type: 'CUSTOM.idleTrigger',
		typeVersion: 2,
		parameters: { startsFrom },
		credentials: await headerCredential(testbed),
	});
	const about = { startsByStatuses: true, keepsState: false, isFast, refuses: false };
	return { name, testbed, ...published, ...about, headers: {} };
}

/** This package's trigger, which has chosen messages; its state is a file. */
export async function thisTrigger(
	testbed: Testbed,
	name: string,
	typeVersion: number,
	isFast: boolean,
): Promise<Contestant> {
	const credential = 'This trigger';
	const { id } = await testbed.api.saveCredential(credential, 'whatsAppCloudApi', {
		appSecret,
		verifyToken: 'a verify token of the benchmark',
		businessAccountId: '300000000000001',
		advancedSettings: true,
		stateStore: 'sqlite',
	});
	const published = await publish(testbed, name, {
		type: 'n8n-nodes-whatsapp-cloud.whatsAppCloudTrigger',
		typeVersion,
		parameters: { registration: 'manual', events: ['message'] },
		credentials: { whatsAppCloudApi: { id, name: credential } },
	});
	// Its address answers a moment before it listens.
	const deadline = Date.now() + limitMs;
	while (!isListening(testbed, published.workflowId)) {
		if (Date.now() > deadline) throw new Error(`${name} does not listen`);
		await sleep(pollMs);
	}
	const about = { startsByStatuses: false, keepsState: true, isFast };
	return { name, testbed, ...published, ...about, headers: {}, refuses: true };
}

/** Publishes a workflow of the node and one that does nothing, and waits until it answers. */
export async function publish(
	{ api, n8n }: Testbed,
	name: string,
	node: Node,
): Promise<Pick<Contestant, 'url' | 'workflowId'>> {
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
	const url = `${n8n.baseUrl}/webhook/${path}`;
	// n8n serves the address some time after it confirms the activation.
	const deadline = Date.now() + limitMs;
	for (;;) {
		const answer = await fetch(url, { method: 'GET' });
		const text = await answer.text();
		if (answer.status !== 404 || text.includes('POST')) return { url, workflowId: workflow.id };
		if (Date.now() > deadline) throw new Error(`${name} is not there: ${url}`);
		await sleep(pollMs);
	}
}
