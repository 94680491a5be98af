import { setTimeout as sleep } from 'node:timers/promises';
import { CREDENTIAL_TYPE } from '../../scripts/host/autoresponder.ts';
import type { N8nCredential, N8nWorkflow } from '../../scripts/host/n8n-api.ts';
import { testAccount, testCredentialData } from '../../scripts/host/test-account.ts';
import { until } from '../until';
import { createListener } from './listener-workflow';
import { OwnN8n, type StoredExecution } from './trigger-host';

const { phoneNumberId } = testAccount;
const CUSTOMERS = ['15550200001', '15550200002', '15550200003'];
const START_MS = 300_000;
const LONG_MS = 900_000;
/** How many deliveries the simulator runs at once. */
const CONCURRENCY = 6;

let own: OwnN8n;
let credential: N8nCredential;
let first: N8nWorkflow;
let second: N8nWorkflow;

const createWorkflow = async (name: string, path: string): Promise<N8nWorkflow> =>
	await createListener(own.api, name, credential, 'phoneNumber', path);

async function write(count: number): Promise<string[]> {
	const ids: string[] = [];
	for (let index = 0; index < count; index++) {
		const { id } = await own.admin<{ id: string }>('POST', '/chat/messages', {
			phoneNumberId,
			customer: CUSTOMERS[index % CUSTOMERS.length],
			message: { type: 'text', text: { body: `message ${index}` } },
		});
		ids.push(id);
	}
	return ids;
}

async function callback(): Promise<string | null> {
	const { graphVersion, accessToken } = testAccount;
	const url = `${own.simulator.baseUrl}/${graphVersion}/${phoneNumberId}?fields=webhook_configuration`;
	const answer = await fetch(url, { headers: { authorization: `Bearer ${accessToken}` } });
	const { webhook_configuration } = (await answer.json()) as {
		webhook_configuration?: { phone_number?: string };
	};
	return webhook_configuration?.phone_number ?? null;
}

const pending = async (): Promise<number> =>
	(await own.admin<{ webhooks: { pending: number } }>('GET', '/counters')).webhooks.pending;

async function allDelivered(): Promise<void> {
	await until('all webhooks are delivered', async () => (await pending()) === 0, LONG_MS);
	const { webhooks } = await own.admin<{ webhooks: { failed: number } }>('GET', '/counters');
	expect(webhooks.failed).toBe(0);
}

/** All executions, once nothing waits for one and all have ended. */
async function settled(workflowId: string): Promise<StoredExecution[]> {
	return await until(
		'all executions have ended',
		() => {
			if (own.waiting() > 0) return undefined;
			const executions = own.executions(workflowId);
			return executions.some(({ status }) => ['new', 'running'].includes(status))
				? undefined
				: executions;
		},
		LONG_MS,
	);
}

const started = (executions: readonly StoredExecution[], messageId: string): StoredExecution[] =>
	executions.filter(({ messageIds }) => messageIds.includes(messageId));

beforeAll(async () => {
	own = await OwnN8n.start();
	await own.admin('PATCH', '/settings', {
		webhooks: {
			concurrency: CONCURRENCY,
			maxAttempts: 1_000,
			retryBaseMs: 500,
			retryMaxMs: 4_000,
			timeoutMs: 30_000,
		},
	});
	credential = await own.api.saveCredential(
		'WhatsApp Cloud API',
		CREDENTIAL_TYPE,
		testCredentialData(own.simulator.baseUrl),
	);
	first = await createWorkflow('First', 'first');
	second = await createWorkflow('Second', 'second');
}, START_MS);
afterAll(async () => await own.stop());

test('the first workflow is registered, the second one joins', async () => {
	// n8n calls the hooks some time after its API has answered.
	await own.api.activate(first);
	await until('the first workflow is the callback', async () =>
		(await callback())?.includes('/webhook/first/'),
	);
	await own.api.activate(second);
	await until('both listen', () => own.listeners().length === 2);
	expect(await callback()).toContain('/webhook/first/');
});

test('two workflows and a test run on one number: each gets the message once', async () => {
	const tried = await createWorkflow('Tried out', 'tried');
	await own.api.request('POST', `/rest/workflows/${tried.id}/run`, {
		triggerToStartFrom: { name: 'WhatsApp Cloud Trigger' },
	});
	expect(await callback()).toContain('/webhook/first/');
	expect(own.listeners()).toHaveLength(3);
	const ids = await write(1);
	await allDelivered();
	for (const { id } of [first, second, tried]) {
		const executions = await until('an execution has ended', async () => {
			const found = await settled(id);
			return found.length > 0 ? found : undefined;
		});
		expect(executions.map(({ messageIds }) => messageIds)).toEqual([ids]);
		expect(executions.map(({ mode }) => mode)).toEqual([id === tried.id ? 'manual' : 'trigger']);
	}
	await until('both listen', () => own.listeners().length === 2);
	expect(await callback()).toContain('/webhook/first/');
});

test(
	'the registered one is unpublished while messages arrive: none is lost',
	async () => {
		const ids: string[] = [];
		const writer = { isOver: false };
		const writing = (async () => {
			while (!writer.isOver) {
				// Meta, too, sends what happens now, not what has been waiting for a minute.
				if ((await pending()) < CONCURRENCY) ids.push(...(await write(1)));
				await sleep(100);
			}
		})();
		const soFar = async (count: number) => {
			await Promise.race([until('more is written', () => ids.length > count, LONG_MS), writing]);
		};
		try {
			await soFar(10);
			await own.api.deactivate(first.id);
			// n8n calls the hook some time after its API has answered.
			await until(
				'the second workflow is the callback',
				async () => (await callback())?.includes('/webhook/second/'),
				LONG_MS,
			);
			await soFar(ids.length + 10);
		} finally {
			writer.isOver = true;
			await writing;
		}
		await allDelivered();
		const executions = await settled(second.id);
		for (const messageId of ids) expect(started(executions, messageId)).toHaveLength(1);
	},
	LONG_MS,
);
