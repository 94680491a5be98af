import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CREDENTIAL_NAME, CREDENTIAL_TYPE } from '../../scripts/host/autoresponder.ts';
import { executionError } from '../../scripts/host/execution-data.ts';
import type { N8nCredential, N8nWorkflow } from '../../scripts/host/n8n-api.ts';
import { testAccount, testCredentialData } from '../../scripts/host/test-account.ts';
import { until } from '../until';
import type { Customer } from './customer';
import { ExampleHost } from './example-host';
import { manualWorkflow } from './manual-workflow';
import { startModel, type Model } from './model';

const startMs = 300_000;
const { phoneNumberId } = testAccount;
const name = 'ai-agent-with-memory';

let host: ExampleHost;
let model: Model;
let shop: Server;
let workflow: N8nWorkflow;
let credentials: N8nCredential[];
let owner: Customer;
const refunds: unknown[] = [];

/** The model sends the address or refunds an order, if it is asked for; otherwise it answers. */
const decide = (text: string) => [
	...(text.includes('Where are you') ? [{ name: 'Send_Our_Address', args: {} }] : []),
	...[...text.matchAll(/refund order (\d+)/g)].map(([, order]) => ({
		name: 'Refund_Order',
		args: { toolParameters: { order, amount: 24, reason: 'Broken' }, hitlParameters: {} },
	})),
];

const keepTexts = async (isOn: boolean) =>
	await host.own.api.saveCredential(CREDENTIAL_NAME, CREDENTIAL_TYPE, {
		...testCredentialData(host.own.simulator.baseUrl),
		keepTexts: isOn,
	});

beforeAll(async () => {
	host = await ExampleHost.start();
	await keepTexts(true);
	model = await startModel(decide);
	shop = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			refunds.push(JSON.parse(Buffer.concat(chunks).toString()));
			response.setHeader('content-type', 'application/json').end('{"refunded":true}');
		});
	});
	await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
	owner = await host.customer('15550208000', 'Rosa Lind');
	credentials = [
		await host.own.api.saveCredential('Model', 'openAiApi', { apiKey: 'none', url: model.url }),
	];
	const { port } = shop.address() as AddressInfo;
	workflow = await host.publish(
		name,
		{
			'Customer Writes': {
				settings: {
					collect: { wait: { quietSeconds: 3, longestSeconds: 60, mostMessages: 20 } },
					ignoreEchoes: true,
					onePerContact: true,
					whenTakenOver: 'skip',
				},
			},
			'Ask the Owner': { recipient: owner.phone, options: {} },
			'Refund Order': { url: `http://127.0.0.1:${port}/refunds` },
		},
		{ credentials },
	);
}, startMs);
afterAll(async () => {
	await host.stop();
	model.close();
	shop.closeAllConnections();
	await new Promise((resolve) => shop.close(resolve));
});
beforeEach(() => {
	model.requests.length = 0;
	refunds.length = 0;
});

/** What the model read in its last request, without its instructions. */
const conversation = (): (readonly [role: string, content: unknown])[] =>
	(model.requests.at(-1) ?? [])
		.filter(({ role }) => role !== 'system' && role !== 'developer')
		.map(({ role, content }) => [role, content] as const);

let asked = 0;

/** Writes, and waits for the model's answer. */
async function ask(customer: Customer, ...texts: string[]): Promise<void> {
	const before = (await customer.read()).filter((words) => words === 'Done.').length;
	for (const text of texts) await customer.writes(text);
	asked++;
	await until(`the customer is answered (${asked})`, async () => {
		const answers = (await customer.read()).filter((words) => words === 'Done.');
		return answers.length > before;
	});
	await host.settled();
}

/** Runs this package's node once. */
async function run(parameters: Record<string, unknown>) {
	const created = await host.own.api.createWorkflow(
		manualWorkflow('Once', { name: 'Node', parameters }, host.credential),
	);
	return (await host.run(created, 'Start'))('Node');
}

describe('the example "AI agent with memory"', () => {
	test('the second question comes with the first one and its answer, and none twice', async () => {
		const ana = await host.customer('15550208001', 'Ana Torres');
		await ask(ana, 'Hello!', 'Do you have ferns?');
		expect(conversation()).toEqual([['user', 'Hello!\nDo you have ferns?']]);
		await ask(ana, 'And ivy?');
		expect(conversation()).toEqual([
			['user', 'Hello!'],
			['user', 'Do you have ferns?'],
			['assistant', 'Done.'],
			['user', 'And ivy?'],
		]);
	});

	test('what a campaign sent and what somebody wrote in the app belong to it', async () => {
		const ben = await host.customer('15550208002', 'Ben Okafor');
		const before = host.own.executions(workflow.id).length;
		await run({
			resource: 'message',
			operation: 'sendText',
			recipient: ben.phone,
			text: 'Our *spring plants* are here',
			contactRules: { ifClosed: 'try' },
			delivery: { campaign: 'spring' },
		});
		await host.own.admin('POST', '/webhooks', {
			kind: 'other',
			field: 'smb_message_echoes',
			value: {
				messaging_product: 'whatsapp',
				metadata: { display_phone_number: '15550100001', phone_number_id: phoneNumberId },
				message_echoes: [
					{
						from: '15550100001',
						to: ben.waId,
						id: 'wamid.ECHO0001',
						timestamp: String(Math.floor(Date.now() / 1000)),
						type: 'text',
						text: { body: 'Rosa here, I keep a fern for you.' },
					},
				],
			},
		});
		await host.settled();
		// While a person answers, the agent is silent.
		await ben.writes('Thanks!');
		await host.settled();
		expect(host.own.executions(workflow.id)).toHaveLength(before);
		expect(model.requests).toEqual([]);
		await run({
			resource: 'contact',
			operation: 'setHandoff',
			contact: ben.phone,
			answers: 'bot',
		});
		await ask(ben, 'When do you close?');
		expect(conversation()).toEqual([
			['assistant', 'Our *spring plants* are here'],
			['assistant', 'Rosa here, I keep a fern for you.'],
			['user', 'Thanks!'],
			['user', 'When do you close?'],
		]);
	});

	test('a tool sends to the customer, and a risky one waits for the owner', async () => {
		const clara = await host.customer('15550208003', 'Clara Weiß');
		await ask(clara, 'Where are you?');
		expect(await clara.read()).toEqual(['[location]', 'Done.']);
		const waiting = ask(clara, 'Please refund order 1042.');
		await owner.hears('order: 1042');
		expect(refunds).toEqual([]);
		await owner.taps('Approve');
		await waiting;
		expect(refunds).toEqual([{ order: '1042', amount: 24, reason: 'Broken' }]);
		// When the agent goes on, it has the same memory as before, and its tool's answer.
		expect(conversation().slice(0, 4)).toEqual([
			['user', 'Where are you?'],
			['assistant', '[location] Lucky Shrub, 1 Hacker Way, Menlo Park'],
			['assistant', 'Done.'],
			['user', 'Please refund order 1042.'],
		]);
		expect(model.toolAnswers.join()).toContain('refunded');
	});

	test('the memory of a person who was erased is empty', async () => {
		const dora = await host.customer('15550208004', 'Dora Lang');
		await ask(dora, 'My door code is 4711.');
		expect(
			await run({ resource: 'contact', operation: 'getMessages', contact: dora.phone }),
		).toMatchObject([
			{ author: 'contact', text: 'My door code is 4711.' },
			{ author: 'workflow', text: 'Done.' },
		]);
		await run({ resource: 'contact', operation: 'erase', contact: dora.phone });
		await ask(dora, 'What is my code?');
		expect(conversation()).toEqual([['user', 'What is my code?']]);
	});

	test('without Keep Texts, the agent stops and names the way out', async () => {
		await keepTexts(false);
		const emil = await host.customer('15550208005', 'Emil Berg');
		const count = host.own.executions(workflow.id).length;
		await emil.writes('Hello?');
		const failed = await until('the execution fails', () => {
			const all = host.own.executions(workflow.id);
			const last = all.at(-1);
			return all.length > count && last?.status === 'error' ? last : null;
		});
		const { data = '' } = await host.own.api.execution(failed.id);
		expect(executionError(data)).toMatch(/Keep Texts is off.*under Advanced Settings/);
		expect(model.requests).toEqual([]);
		await keepTexts(true);
	});

	test('messages of two people in one execution: the agent stops, and answers neither', async () => {
		const people = [
			await host.customer('15550208006', 'Fay Moss'),
			await host.customer('15550208007', 'Gus Reed'),
		];
		await host.unpublish(workflow);
		const together = await host.publish(
			name,
			{ 'Customer Writes': { settings: {} } },
			{ credentials },
		);
		await host.own.admin('POST', '/webhooks', {
			kind: 'other',
			field: 'messages',
			value: {
				messaging_product: 'whatsapp',
				metadata: { display_phone_number: '15550100001', phone_number_id: phoneNumberId },
				messages: people.map(({ waId }, index) => ({
					from: waId,
					id: `wamid.TOGETHER${index}`,
					timestamp: String(Math.floor(Date.now() / 1000)),
					type: 'text',
					text: { body: 'What did I order?' },
				})),
			},
		});
		const failed = await until('the execution fails', () => {
			const last = host.own.executions(together.id).at(-1);
			return last?.status === 'error' ? last : null;
		});
		const { data = '' } = await host.own.api.execution(failed.id);
		expect(executionError(data)).toMatch(/"Contact" must be one person/);
		expect(model.requests).toEqual([]);
		for (const each of people) expect(await each.read()).toEqual([]);
	});
});
