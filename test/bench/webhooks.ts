/**
 * Webhooks a second in a real n8n: this trigger (with and without state), n8n's own WhatsApp
 * trigger and its plain Webhook node, each with a node behind it that does nothing; and what 100
 * sent messages with their 300 statuses cost in executions. Run this file with Node.
 */
import { createHmac, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';

import type { N8nNode } from '../../scripts/host/n8n-api.ts';
import { median, openSetting, type Setting } from './setting.ts';

const APP_SECRET = 'a secret of the benchmark';
const VERIFY_TOKEN = 'a verify token of the benchmark';
const ROUNDS = 3;
const PER_ROUND = 60;
const AT_ONCE = 8;
const MESSAGES = 100;

const METADATA = { display_phone_number: '15550001111', phone_number_id: '200000000000001' };
let sequence = 0;

function bodyOf(value: object): Buffer {
	const change = {
		field: 'messages',
		value: { messaging_product: 'whatsapp', metadata: METADATA, ...value },
	};
	const entry = [{ id: '300000000000001', changes: [change] }];
	return Buffer.from(JSON.stringify({ object: 'whatsapp_business_account', entry }));
}

/** Each message is a new one: none may be left out as known. */
function messageBody(): Buffer {
	const id = `wamid.HBgLNDkxNTEwMDAwMDAwFQIAEhgUM0E${String(sequence++).padStart(17, '0')}`;
	const message = {
		id,
		from: '491510000000',
		timestamp: '1793620800',
		type: 'text',
		text: { body: 'Is the blue one in stock?' },
	};
	const contacts = [{ profile: { name: 'Customer' }, wa_id: '491510000000' }];
	return bodyOf({ contacts, messages: [message] });
}

const statusBody = (message: number, status: string): Buffer =>
	bodyOf({
		statuses: [
			{
				id: `wamid.status${String(message)}`,
				status,
				timestamp: '1793620800',
				recipient_id: '491510000000',
				biz_opaque_callback_data: `operation-${String(message)}`,
			},
		],
	});

interface Subject {
	name: string;
	url: string;
	workflowId: string;
}

async function createSubject(
	{ api, n8n }: Setting,
	name: string,
	node: Omit<N8nNode, 'id' | 'name' | 'webhookId'>,
	pathOf: (webhookId: string) => string,
): Promise<Subject> {
	const webhookId = randomUUID();
	const workflow = await api.createWorkflow({
		name,
		nodes: [
			{ id: randomUUID(), name: 'In', webhookId, position: [0, 0], ...node },
			{
				id: randomUUID(),
				name: 'Nothing',
				type: 'n8n-nodes-base.noOp',
				typeVersion: 1,
				position: [200, 0],
				parameters: {},
			},
		],
		connections: { In: { main: [[{ node: 'Nothing', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	});
	await api.activate(workflow);
	return { name, url: `${n8n.baseUrl}/webhook/${pathOf(webhookId)}`, workflowId: workflow.id };
}

async function createSubjects(setting: Setting): Promise<Subject[]> {
	const { api } = setting;
	const ours = async (name: string, stateStore: string) => {
		const credential = await api.saveCredential(name, 'whatsAppCloudApi', {
			appSecret: APP_SECRET,
			verifyToken: VERIFY_TOKEN,
			businessAccountId: '300000000000001',
			stateStore,
		});
		const subject = await createSubject(
			setting,
			name,
			{
				type: 'n8n-nodes-whatsapp-cloud.whatsAppCloudTrigger',
				typeVersion: 1,
				parameters: { registration: 'manual', events: ['message'] },
				credentials: { whatsAppCloudApi: { id: credential.id, name } },
			},
			(webhookId) => `${webhookId}/webhook`,
		);
		return subject;
	};
	const builtIn = await api.saveCredential('Built-in trigger', 'whatsAppTriggerApi', {
		clientId: '100000000000001',
		clientSecret: APP_SECRET,
	});
	const path = randomUUID();
	return [
		await createSubject(
			setting,
			'Webhook node',
			{
				type: 'n8n-nodes-base.webhook',
				typeVersion: 2,
				parameters: { httpMethod: 'POST', path, responseMode: 'onReceived', options: {} },
			},
			() => path,
		),
		await createSubject(
			setting,
			'Built-in WhatsApp trigger',
			{
				type: 'n8n-nodes-base.whatsAppTrigger',
				typeVersion: 1,
				parameters: { updates: ['messages'] },
				credentials: { whatsAppTriggerApi: { id: builtIn.id, name: builtIn.name } },
			},
			(webhookId) => `${webhookId}/webhook`,
		),
		await ours('This trigger, state off', 'off'),
		await ours('This trigger, SQLite', 'sqlite'),
	];
}

async function deliver(url: string, body: Buffer): Promise<number> {
	const start = performance.now();
	const digest = createHmac('sha256', APP_SECRET).update(body).digest('hex');
	const answer = await fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${digest}` },
		body: new Uint8Array(body),
	});
	await answer.text();
	if (answer.status !== 200) throw new Error(`${url} answered with ${String(answer.status)}`);
	return performance.now() - start;
}

/** Posts all bodies, so many at once; gives the time of each in milliseconds. */
async function deliverAll(url: string, bodies: Buffer[], atOnce: number): Promise<number[]> {
	const queue = [...bodies];
	const times: number[] = [];
	const worker = async () => {
		for (let body = queue.shift(); body !== undefined; body = queue.shift()) {
			times.push(await deliver(url, body));
		}
	};
	await Promise.all(Array.from({ length: atOnce }, worker));
	return times;
}

function countExecutions({ folder }: Setting, workflowId: string): number {
	const file = join(folder, '.n8n', 'database.sqlite');
	const database = new DatabaseSync(file, { readOnly: true });
	const row = database
		.prepare('SELECT count(*) AS count FROM execution_entity WHERE workflowId = ?')
		.get(workflowId);
	database.close();
	return Number(row?.['count']);
}

const setting = await openSetting(0);
try {
	const subjects = await createSubjects(setting);
	const rounds = subjects.map(() => ({ perSecond: [] as number[], oneByOne: [] as number[] }));
	for (const { url } of subjects) await deliverAll(url, [messageBody(), messageBody()], 1);
	for (let round = 0; round < ROUNDS; round++) {
		// All in turn, so that whatever else the machine does meets them alike.
		for (const [index, { url }] of subjects.entries()) {
			const bodies = () => Array.from({ length: PER_ROUND }, messageBody);
			const start = performance.now();
			await deliverAll(url, bodies(), AT_ONCE);
			const seconds = (performance.now() - start) / 1000;
			rounds[index]?.perSecond.push(PER_ROUND / seconds);
			rounds[index]?.oneByOne.push(median(await deliverAll(url, bodies().slice(0, 20), 1)));
			await sleep(500);
		}
	}
	const rows = [];
	for (const [index, { name, url, workflowId }] of subjects.entries()) {
		const before = countExecutions(setting, workflowId);
		const statuses = Array.from({ length: MESSAGES }, (_, message) =>
			['sent', 'delivered', 'read'].map((status) => statusBody(message, status)),
		).flat();
		const start = performance.now();
		await deliverAll(url, statuses, AT_ONCE);
		const seconds = (performance.now() - start) / 1000;
		await sleep(2_000);
		rows.push({
			trigger: name,
			'webhooks/s': median(rounds[index]?.perSecond ?? []).toFixed(1),
			'p50 one by one (ms)': median(rounds[index]?.oneByOne ?? []).toFixed(0),
			'executions of 300 statuses': countExecutions(setting, workflowId) - before,
			'300 statuses (s)': seconds.toFixed(1),
		});
	}
	console.table(rows);
} finally {
	await setting.close();
}
