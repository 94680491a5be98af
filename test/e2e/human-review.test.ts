import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { ChatClient, readableText } from '../../scripts/host/chat-client.ts';
import type { N8nApi, N8nWorkflow } from '../../scripts/host/n8n-api.ts';
import { testAccount } from '../../scripts/host/test-account.ts';
import { until } from '../until';
import { launchBrowser, openConversation, openPage, screenshot } from './browser';
import { importExample } from './examples';
import { e2eHost, ownerApi } from './host';
import { startModel, type Model } from './model';

const { simulatorUrl, n8nLogFile } = e2eHost();
const { phoneNumberId } = testAccount;
const chat = new ChatClient(simulatorUrl);

/** In the simulator's chat page. */
const customer = '15550200003';
const owner = { waId: '15550200002', name: 'Ben Okafor' };

/** What the shop has been told to refund. */
const refunds: Record<string, unknown>[] = [];
let shop: Server;
let model: Model;
let api: N8nApi;
let workflow: N8nWorkflow;
let browser: Browser;
let page: Page;

/** The model refunds what the customer names; the item then says that it is approved. */
const refundsIn = (text: string) =>
	[...text.matchAll(/order (\d+)/g)].map(([, order]) => ({
		args: {
			toolParameters: { order, amount: 24, reason: 'The pot arrived broken' },
			hitlParameters: { approved: true },
		},
	}));

async function importReview(options: Record<string, unknown>): Promise<N8nWorkflow> {
	const { port } = shop.address() as AddressInfo;
	const openAi = await api.saveCredential('Review model', 'openAiApi', {
		apiKey: 'none',
		url: model.url,
	});
	const imported = await importExample(api, 'agent-with-human-review', {
		'Ask the Owner': { recipient: `+${owner.waId}`, options },
		'Refund Order': { url: `http://127.0.0.1:${port}/refunds` },
	});
	const { id, ...definition } = imported;
	return await api.updateWorkflow(id, {
		...definition,
		nodes: definition.nodes.map((node) =>
			node.name === 'Model'
				? { ...node, credentials: { openAiApi: { id: openAi.id, name: openAi.name } } }
				: node,
		),
	});
}

/** Publishes it and waits until its trigger is known, some time after n8n's API has answered. */
async function publish(published: N8nWorkflow): Promise<void> {
	await api.activate(published);
	const file = join(dirname(n8nLogFile), '.n8n', 'whatsapp-cloud', 'state.sqlite');
	const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
	const database = new DatabaseSync(file, { readOnly: true });
	const listeners = database.prepare('SELECT 1 FROM listeners WHERE workflow_id = ?');
	await until('the trigger listens', () => listeners.all(published.id).length > 0);
	database.close();
}

beforeAll(async () => {
	api = await ownerApi();
	model = await startModel(refundsIn);
	shop = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			refunds.push(JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>);
			response.setHeader('content-type', 'application/json').end('{"refunded":true}');
		});
	});
	await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
	browser = await launchBrowser();
	page = await openPage(browser, { width: 1180, height: 760 });
	await page.goto(`${simulatorUrl}/`);
});
afterAll(async () => {
	await browser.close();
	model.close();
	shop.closeAllConnections();
	await new Promise((resolve) => shop.close(resolve));
});
beforeEach(() => {
	refunds.length = 0;
	model.toolAnswers.length = 0;
});

const write = async (text: string) => await chat.type(phoneNumberId, customer, text);

/** The texts that the business has sent to somebody. */
async function textsTo(waId: string): Promise<string[]> {
	const { conversations } = await chat.state();
	return conversations
		.filter((one) => one.phoneNumberId === phoneNumberId && one.customer === waId)
		.flatMap(({ messages }) => messages)
		.filter(({ author }) => author === 'business')
		.map(readableText);
}

/** The owner's last message in the chat page. */
const lastMessage = () => page.locator('[data-testid=message][data-author=business]').last();

/** Waits until the owner is asked about an order. */
async function asked(order: string) {
	await openConversation(page, owner.name);
	const question = page
		.locator('[data-testid=message][data-author=business]')
		.filter({ hasText: `order: ${order}` })
		.last();
	await question.waitFor();
	return question;
}

const isAnswered = async (): Promise<unknown> =>
	await until('the customer is answered', async () => (await textsTo(customer)).includes('Done.'));

describe('the example "Agent with human review"', () => {
	beforeAll(async () => {
		workflow = await importReview({});
		await publish(workflow);
	});
	afterAll(async () => await api.deactivate(workflow.id));

	test('the owner reads what the agent wants to do, and a tap lets it', async () => {
		await write('The pot of order 1042 arrived broken, I want my money back.');
		const question = await asked('1042');
		const text = await question.innerText();
		expect(text).toContain('The agent wants to run this tool:');
		expect(text).toContain('amount: 24');
		expect(text).toContain('reason: The pot arrived broken');
		await screenshot(page, 'human-review');
		expect(refunds).toEqual([]);
		await question.getByRole('button', { name: 'Approve' }).click();
		await until('the refund runs', () => refunds.length > 0);
		await isAnswered();
		expect(refunds).toEqual([{ order: '1042', amount: 24, reason: 'The pot arrived broken' }]);
		expect(model.toolAnswers.join()).toContain('refunded');
	});

	test('of two calls in one turn, each is asked for, whatever the model claims', async () => {
		await write('Refund order 2001 and order 2002!');
		await (await asked('2001')).getByRole('button', { name: 'Deny' }).click();
		await lastMessage().getByRole('button', { name: 'No reason' }).click();
		await (await asked('2002')).getByRole('button', { name: 'Approve' }).click();
		await until('the model reads it', () => model.toolAnswers.length > 0);
		expect(refunds).toMatchObject([{ order: '2002' }]);
	});

	test('a denial refuses it, and the model reads why', async () => {
		await write('And order 1043, please.');
		const question = await asked('1043');
		await question.getByRole('button', { name: 'Deny' }).click();
		await lastMessage().filter({ hasText: 'Why not?' }).waitFor();
		await page.getByTestId('composer').fill('Send a new pot instead');
		await page.keyboard.press('Enter');
		await until('the model reads it', () => model.toolAnswers.length > 0);
		expect(model.toolAnswers.join()).toContain('Send a new pot instead');
		expect(refunds).toEqual([]);
	});
});

describe('with a limit of two seconds', () => {
	beforeAll(async () => {
		workflow = await importReview({
			limitWaitTime: {
				values: { limitType: 'afterTimeInterval', resumeAmount: 2, resumeUnit: 'seconds' },
			},
		});
		await publish(workflow);
	});
	afterAll(async () => await api.deactivate(workflow.id));

	test('the tool is refused when the time is up, whatever the model claims', async () => {
		await write('Refund order 1044!');
		await until('the model reads it', () => model.toolAnswers.length > 0);
		expect(model.toolAnswers.join()).toContain('nobody has answered in time');
		expect(refunds).toEqual([]);
	});
});
