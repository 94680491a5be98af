import { CREDENTIAL_TYPE } from '../../scripts/host/autoresponder.ts';
import type { N8nApi, N8nNode, N8nWorkflow } from '../../scripts/host/n8n-api.ts';
import { testCredentialData } from '../../scripts/host/test-account.ts';
import { until } from '../until';
import { e2eHost, ownerApi } from './host';
import { McpClient } from './mcp-client';
import { startModel, type Model } from './model';

const { n8nUrl, simulatorUrl } = e2eHost();
const executionTimeoutMs = 60_000;
let api: N8nApi;
let model: Model;
let whatsApp: Record<string, { id: string; name: string }>;
let openAi: Record<string, { id: string; name: string }>;

/** What the agent's user writes: whom to message, and how often. */
const order = (recipient: string, times = 1): string => `write ${recipient} ${times}`;

beforeAll(async () => {
	api = await ownerApi();
	model = await startModel((text) => {
		const [, recipient = '', times = '1'] = /write (\+\d+) (\d)/.exec(text) ?? [];
		const args = { recipient, text: 'Your table is booked.' };
		return Array.from({ length: Number(times) }, () => ({ args }));
	});
	const save = async (name: string, type: string, data: Record<string, unknown>) => {
		const credential = await api.saveCredential(name, type, data);
		return { [type]: { id: credential.id, name } };
	};
	whatsApp = await save('Tools', CREDENTIAL_TYPE, testCredentialData(simulatorUrl));
	openAi = await save('Model', 'openAiApi', { apiKey: 'none', url: model.url });
});
afterAll(() => model.close());

async function simulate<T>(method: string, path: string, body?: unknown): Promise<T> {
	const response = await fetch(`${simulatorUrl}/_simulator${path}`, {
		method,
		headers: { 'content-type': 'application/json', connection: 'close' },
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
	});
	return (await response.json()) as T;
}

const arrived = async (recipient: string): Promise<{ operationId: string }[]> => {
	const digits = recipient.slice(1);
	const { data } = await simulate<{ data: { operationId: string }[] }>(
		'GET',
		`/messages?recipient=${digits}`,
	);
	return data;
};

const loseFirstAnswer = async (recipient: string): Promise<void> => {
	await simulate('POST', '/faults', {
		kind: 'reset',
		when: 'after',
		count: 1,
		match: { recipient: recipient.slice(1) },
	});
};

const refuseFirst = async (recipient: string): Promise<void> => {
	await simulate('POST', '/faults', {
		kind: 'error',
		code: 131048,
		count: 1,
		match: { recipient: recipient.slice(1) },
	});
};

const fromModel = (name: string): string => `={{ $fromAI('${name}', '', 'string') }}`;

/** The node as a tool that tries three times. */
const tool = (): N8nNode => ({
	id: 'tool',
	name: 'Write',
	type: 'n8n-nodes-whatsapp-cloud.whatsAppCloudTool',
	typeVersion: 1,
	position: [400, 200],
	parameters: {
		resource: 'message',
		operation: 'sendText',
		recipient: fromModel('recipient'),
		text: fromModel('text'),
	},
	credentials: whatsApp,
	retryOnFail: true,
	maxTries: 3,
	waitBetweenTries: 100,
});

/** Waits until the workflow that was just activated answers. */
const answered = async (ask: () => Promise<Response>): Promise<void> => {
	await until('the webhook answers', async () => (await ask()).ok);
};

describe.each([
	[2.2, '+15550240'],
	[3.1, '+15550241'],
])('as a tool of the AI Agent %d with "Retry On Fail"', (version, people) => {
	const path = `agent-${version}`;
	let workflow: N8nWorkflow;

	beforeAll(async () => {
		workflow = await api.createWorkflow({
			name: path,
			nodes: [
				{
					id: 'in',
					name: 'In',
					type: 'n8n-nodes-base.webhook',
					typeVersion: 2,
					position: [0, 0],
					webhookId: path,
					parameters: { httpMethod: 'POST', path, responseMode: 'onReceived', options: {} },
				},
				{
					id: 'agent',
					name: 'Agent',
					type: '@n8n/n8n-nodes-langchain.agent',
					typeVersion: version,
					position: [200, 0],
					parameters: { promptType: 'define', text: '={{ $json.body.order }}', options: {} },
				},
				{
					id: 'model',
					name: 'Model',
					type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
					typeVersion: 1.2,
					position: [200, 200],
					parameters: { model: { __rl: true, mode: 'id', value: 'test' }, options: {} },
					credentials: openAi,
				},
				tool(),
			],
			connections: {
				In: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
				Model: { ai_languageModel: [[{ node: 'Agent', type: 'ai_languageModel', index: 0 }]] },
				Write: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] },
			},
			settings: { executionOrder: 'v1' },
		});
		await api.activate(workflow);
	});

	/** Has the agent do something, and returns its execution's status. */
	const run = async (text: string): Promise<string> => {
		const [before] = await api.executions(workflow.id);
		await answered(() =>
			fetch(`${n8nUrl}/webhook/${path}`, {
				method: 'POST',
				headers: { 'content-type': 'application/json', connection: 'close' },
				body: JSON.stringify({ order: text }),
			}),
		);
		const id = await until('an execution begins', async () => {
			const [newest] = await api.executions(workflow.id);
			return newest === undefined || newest.id === before?.id ? undefined : newest.id;
		});
		return (await api.finishedExecution(id, executionTimeoutMs)).status;
	};

	test('whose first answer is lost: one message', async () => {
		const person = `${people}001`;
		await loseFirstAnswer(person);
		await run(order(person));
		expect(await arrived(person)).toHaveLength(1);
	});

	test('whose first try is refused: one message, and the model reads that it was sent', async () => {
		const person = `${people}002`;
		await refuseFirst(person);
		expect(await run(order(person))).toBe('success');
		expect(await arrived(person)).toHaveLength(1);
		expect(model.toolAnswers.at(-1)).toContain('sent');
	});

	test('two calls with the same text: two messages', async () => {
		const person = `${people}003`;
		expect(await run(order(person, 2))).toBe('success');
		const ids = (await arrived(person)).map(({ operationId }) => operationId);
		expect(new Set(ids).size).toBe(2);
	});
});

describe('as a tool of the MCP Server Trigger', () => {
	const client = new McpClient(`${n8nUrl}/mcp/write`);
	let toolName: string;

	beforeAll(async () => {
		const workflow = await api.createWorkflow({
			name: 'mcp',
			nodes: [
				{
					id: 'mcp',
					name: 'MCP',
					type: '@n8n/n8n-nodes-langchain.mcpTrigger',
					typeVersion: 2,
					position: [0, 0],
					webhookId: 'mcp-write',
					parameters: { authentication: 'none', path: 'write' },
				},
				tool(),
			],
			connections: { Write: { ai_tool: [[{ node: 'MCP', type: 'ai_tool', index: 0 }]] } },
			settings: { executionOrder: 'v1' },
		});
		await api.activate(workflow);
		await until(
			'the server takes the client',
			async () =>
				await client.connect().then(
					() => true,
					() => false,
				),
		);
		[toolName = ''] = await client.toolNames();
	});

	test('each call is a message of its own, also with the same text', async () => {
		const recipient = '+15550242001';
		const call = async () => await client.call(toolName, { recipient, text: 'Booked.' });
		expect(await call()).toContain('"outcome":"sent"');
		expect(await call()).toContain('"outcome":"sent"');
		const ids = (await arrived(recipient)).map(({ operationId }) => operationId);
		expect(new Set(ids).size).toBe(2);
	});

	test('whose first answer is lost and which is tried again: one message', async () => {
		const recipient = '+15550242002';
		await loseFirstAnswer(recipient);
		// A status that arrives before the second try tells that the first one was sent.
		expect(await client.call(toolName, { recipient, text: 'Booked.' })).toMatch(
			/not known|"outcome":"duplicate"/,
		);
		expect(await arrived(recipient)).toHaveLength(1);
	});
});
