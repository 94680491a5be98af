import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CREDENTIAL_TYPE } from '../../scripts/host/autoresponder.ts';
import { nodeRuns } from '../../scripts/host/execution-data.ts';
import {
	N8nApi,
	type N8nCredential,
	type N8nExecution,
	type N8nNode,
} from '../../scripts/host/n8n-api.ts';
import { startSimulator, type RunningSimulator } from '../../scripts/host/simulator-process.ts';
import { testCredentialData } from '../../scripts/host/test-account.ts';
import { sqliteRecords } from '../faults/records';
import { until } from '../until';
import { e2eHost, projectFolder } from './host';
import { endN8n, killN8n, startN8n, type RunningN8n } from './n8n-child';
import { digitsOf, onceEach, people } from './recipients';

/** A separate n8n, because one test kills it. */
let folder: string;
let simulator: RunningSimulator;
let n8n: RunningN8n;
let api: N8nApi;
let credential: N8nCredential;

const executionTimeoutMs = 60_000;

async function start(): Promise<void> {
	n8n = await startN8n({ folder });
	api = new N8nApi(n8n.baseUrl);
	await api.signIn(e2eHost().owner);
}

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'whatsapp-cloud-delivery-'));
	simulator = await startSimulator({
		projectFolder,
		logFile: join(folder, 'simulator.log'),
		args: ['--timing', 'off'],
	});
	await start();
	credential = await api.saveCredential(
		'Delivery',
		CREDENTIAL_TYPE,
		testCredentialData(simulator.baseUrl),
	);
});
afterAll(async () => {
	await endN8n(n8n);
	await simulator.stop();
	await rm(folder, { recursive: true, force: true });
});

async function simulate(method: string, path: string, body?: unknown): Promise<unknown> {
	const response = await fetch(`${simulator.baseUrl}/_simulator${path}`, {
		method,
		...(body === undefined
			? {}
			: { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
	});
	return await response.json();
}

const readRecords = async () =>
	await sqliteRecords(join(folder, '.n8n', 'whatsapp-cloud', 'state.sqlite'))();

/** How many messages each recipient has received. */
async function arrivals(): Promise<Record<string, number>> {
	const { byRecipient } = (await simulate('GET', '/counters')) as {
		byRecipient: Record<string, number>;
	};
	return byRecipient;
}

/** Creates a workflow that takes a list by webhook and sends a text to each entry. */
async function createSender(name: string, settings: Partial<N8nNode> = {}): Promise<string> {
	const workflow = await api.createWorkflow({
		name,
		nodes: [
			{
				id: `${name}-in`,
				name: 'In',
				type: 'n8n-nodes-base.webhook',
				typeVersion: 2,
				position: [0, 0],
				webhookId: name,
				parameters: { httpMethod: 'POST', path: name, responseMode: 'onReceived', options: {} },
			},
			{
				id: `${name}-items`,
				name: 'Items',
				type: 'n8n-nodes-base.splitOut',
				typeVersion: 1,
				position: [200, 0],
				parameters: { fieldToSplitOut: 'body.items', options: {} },
			},
			{
				id: `${name}-send`,
				name: 'Send',
				type: 'n8n-nodes-whatsapp-cloud.whatsAppCloud',
				typeVersion: 1,
				position: [400, 0],
				parameters: { resource: 'message', operation: 'sendText', valuesFrom: 'item' },
				credentials: { [credential.type]: credential },
				...settings,
			},
		],
		connections: {
			In: { main: [[{ node: 'Items', type: 'main', index: 0 }]] },
			Items: { main: [[{ node: 'Send', type: 'main', index: 0 }]] },
		},
		settings: { executionOrder: 'v1' },
	});
	await api.activate(workflow);
	return workflow.id;
}

/** Starts an execution. A webhook answers only a moment after its workflow is activated. */
async function begin(name: string, items: unknown[]): Promise<void> {
	let answer = '';
	for (let attempt = 0; attempt < 40; attempt++) {
		const accepted = await fetch(`${n8n.baseUrl}/webhook/${name}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', connection: 'close' },
			body: JSON.stringify({ items }),
		});
		if (accepted.ok) return;
		answer = await accepted.text();
		await sleep(250);
	}
	throw new Error(`The webhook ${name} does not answer: ${answer}`);
}

/** A workflow's newest execution, once it has ended. */
async function ended(workflowId: string, except?: string): Promise<N8nExecution> {
	const id = await until('an execution begins', async () => {
		const [newest] = await api.executions(workflowId);
		return newest === undefined || newest.id === except ? undefined : newest.id;
	});
	return await api.finishedExecution(id, executionTimeoutMs);
}

/** How many items in the last run of "Send" have each outcome. */
function outcomes(execution: N8nExecution): Record<string, number> {
	const run = nodeRuns(execution.data ?? '')['Send']?.at(-1);
	const counts: Record<string, number> = {};
	for (const { json } of run?.outputs[0] ?? []) {
		counts[String(json['outcome'])] = (counts[String(json['outcome'])] ?? 0) + 1;
	}
	return counts;
}

const refuse = async (recipient: string, count: number) =>
	await simulate('POST', '/faults', { kind: 'error', code: 131026, count, match: { recipient } });

test('"Retry On Fail" with item 37 of 100 failing twice: each message arrives once', async () => {
	await simulate('POST', '/reset');
	const workflowId = await createSender('retry-on-fail', {
		retryOnFail: true,
		maxTries: 3,
		waitBetweenTries: 200,
	});
	await refuse(digitsOf(2_000_000, 37), 2);
	await begin('retry-on-fail', people(2_000_000, 100));
	const execution = await ended(workflowId);
	expect(execution.status).toBe('success');
	expect(await arrivals()).toEqual(onceEach(2_000_000, 100));
	const { sent = 0, duplicate = 0, ...others } = outcomes(execution);
	expect(sent + duplicate).toBe(100);
	expect(others).toEqual({});
	// What the earlier tries sent is not sent again, and its items say so.
	expect(duplicate).toBeGreaterThan(36);
});

test('a failed execution, retried from the list of executions: each message arrives once', async () => {
	await simulate('POST', '/reset');
	const workflowId = await createSender('retry-from-list');
	await refuse(digitsOf(3_000_000, 37), 1);
	await begin('retry-from-list', people(3_000_000, 100));
	const failed = await ended(workflowId);
	expect(failed.status).toBe('error');
	const before = await arrivals();
	expect(before[digitsOf(3_000_000, 37)]).toBeUndefined();
	expect(Object.keys(before).length).toBeGreaterThan(36);

	await api.retryExecution(failed.id);
	const retried = await ended(workflowId, failed.id);
	expect(retried).toMatchObject({ status: 'success', mode: 'retry' });
	expect(await arrivals()).toEqual(onceEach(3_000_000, 100));
	expect(outcomes(retried)['duplicate']).toBe(Object.keys(before).length);
	expect(outcomes(retried)['sent']).toBe(100 - Object.keys(before).length);
});

test('a retried execution takes no message of an earlier execution for its own', async () => {
	await simulate('POST', '/reset');
	const workflowId = await createSender('daily', {
		parameters: {
			resource: 'message',
			operation: 'sendText',
			valuesFrom: 'item',
			delivery: { concurrency: 1 },
		},
	});
	await begin('daily', people(5_000_000, 3));
	const yesterday = await ended(workflowId);
	expect(outcomes(yesterday)).toEqual({ sent: 3 });
	// The first of the same three fails, so nothing is known about the others.
	await refuse(digitsOf(5_000_000, 0), 1);
	await begin('daily', people(5_000_000, 3));
	const failed = await ended(workflowId, yesterday.id);
	expect(failed.status).toBe('error');
	await api.retryExecution(failed.id);
	expect(outcomes(await ended(workflowId, failed.id))).toEqual({ sent: 3 });
	expect(Object.values(await arrivals())).toEqual([2, 2, 2]);
});

test('n8n killed in the middle of 500, and a schedule that resumes: each message arrives once', async () => {
	await simulate('POST', '/reset');
	const delivery = { recordFirst: true, campaign: 'spring', messagesPerSecond: 60 };
	const workflowId = await createSender('killed', {
		parameters: { resource: 'message', operation: 'sendText', valuesFrom: 'item', delivery },
	});
	await begin('killed', people(4_000_000, 500));
	await until('150 messages have arrived', async () => Object.keys(await arrivals()).length >= 150);
	const killed = (await api.executions(workflowId))[0]?.id;
	await killN8n(n8n);
	const atTheKill = Object.keys(await arrivals()).length;
	expect(atTheKill).toBeLessThan(400);

	await start();
	const schedule = await api.createWorkflow({
		name: 'Resume',
		nodes: [
			{
				id: 'schedule',
				name: 'Every Five Seconds',
				type: 'n8n-nodes-base.scheduleTrigger',
				typeVersion: 1.2,
				position: [0, 0],
				parameters: { rule: { interval: [{ field: 'seconds', secondsInterval: 5 }] } },
			},
			{
				id: 'resume',
				name: 'Resume',
				type: 'n8n-nodes-whatsapp-cloud.whatsAppCloud',
				typeVersion: 1,
				position: [200, 0],
				parameters: { resource: 'message', operation: 'resume' },
				credentials: { [credential.type]: credential },
			},
		],
		connections: {
			'Every Five Seconds': { main: [[{ node: 'Resume', type: 'main', index: 0 }]] },
		},
		settings: { executionOrder: 'v1' },
	});
	await api.activate(schedule);
	const records = await until('nothing is under way', async () => {
		const all = (await readRecords()).filter(({ executionId }) => executionId === killed);
		return all.some(({ state }) => state === 'recorded' || state === 'sending') ? undefined : all;
	});
	await api.deactivate(schedule.id);
	// A request in flight at the kill stays open: nobody can tell whether it arrived. On a busy machine,
	// up to half a second of the pace is.
	const open = records.filter(({ state }) => state === 'unknown').map(({ itemIndex }) => itemIndex);
	expect(open.length).toBeLessThan(30);
	const arrived = await arrivals();
	const missing = open.filter((index) => arrived[digitsOf(4_000_000, index)] === undefined);
	const wanted = Object.entries(onceEach(4_000_000, 500)).filter(
		([digits]) => !missing.some((index) => digits === digitsOf(4_000_000, index)),
	);
	expect(arrived).toEqual(Object.fromEntries(wanted));
	expect(records.filter(({ state }) => state === 'sent')).toHaveLength(500 - open.length);
});
