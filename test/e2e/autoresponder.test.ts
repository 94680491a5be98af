import type { Browser, Page } from 'playwright-core';
import { ChatClient, readableText } from '../../scripts/host/chat-client.ts';
import { nodeRuns } from '../../scripts/host/execution-data.ts';
import type { N8nApi, N8nExecution } from '../../scripts/host/n8n-api.ts';
import { testAccount } from '../../scripts/host/test-account.ts';
import type { ChatMessage } from '../../simulator/chat-contract.ts';
import { launchBrowser, openConversation, openPage, screenshot } from './browser';
import { until } from '../until';
import { e2eHost, ownerApi } from './host';
import { present } from '../present';

const { phoneNumberId } = testAccount;

const began = Date.now();
let executionsBefore = 0;

beforeAll(async () => {
	const api = await ownerApi();
	executionsBefore = (await api.executions(e2eHost().autoresponderId)).length;
});

/** Runs in the page: records that the typing dots were shown. */
const watchTyping = `{
	const dots = document.querySelector('[data-testid=typing]');
	const mark = () => dots.hidden || dots.setAttribute('data-was-shown', 'true');
	new MutationObserver(mark).observe(dots, { attributeFilter: ['hidden'] });
	mark();
}`;

describe('the autoresponder, to a customer in the chat page', () => {
	let browser: Browser;
	let page: Page;

	beforeAll(async () => {
		browser = await launchBrowser();
		page = await openPage(browser, { width: 1180, height: 760 });
		await page.goto(`${e2eHost().simulatorUrl}/`);
	});
	afterAll(async () => await browser.close());

	const received = () => page.locator('[data-testid=message][data-author=business]');
	/** What other files have left in the conversation. */
	let earlier = 0;

	async function type(text: string): Promise<void> {
		await page.getByTestId('composer').fill(text);
		await page.keyboard.press('Enter');
	}

	test('"hi" is answered by name, with typing dots before and blue ticks after', async () => {
		await openConversation(page, 'Ana Torres');
		// The dots may show for less time than passes between two looks from outside.
		await page.evaluate(watchTyping);
		earlier = await received().count();
		await type('hi');
		const answer = received().nth(earlier);
		await answer.waitFor();
		expect(await answer.innerText()).toContain('Hi Ana! 👋 Welcome to Lucky Shrub.');
		expect(await page.getByTestId('typing').getAttribute('data-was-shown')).toBe('true');
		// The asterisks in the workflow's text became bold type.
		expect(await answer.locator('strong, b').allInnerTexts()).toContain('Lucky Shrub');
		await answer.getByRole('img', { name: 'Read' }).waitFor();
		await page.getByTestId('typing').waitFor({ state: 'hidden' });
	});

	test('a question is answered by its keyword, with a link to follow', async () => {
		await type('How much is a small cactus?');
		const answer = received().nth(earlier + 1);
		await answer.waitFor();
		expect(await answer.innerText()).toContain('Cactus, small: $6.50');
		// The link itself, and the preview above the text.
		const links = await answer.getByRole('link').all();
		const targets = await Promise.all(links.map(async (link) => await link.getAttribute('href')));
		expect(targets).toEqual(Array(2).fill('https://luckyshrub.example/prices'));
		await answer.getByRole('img', { name: 'Read' }).waitFor();
		// Neither a chat nor a message is under the mouse, and shows its buttons.
		await page.mouse.move(1_000, 620);
		await screenshot(page, 'chat');
		await page.setViewportSize({ width: 390, height: 640 });
		await answer.waitFor();
		await screenshot(page, 'chat-phone');
	});
});

describe('the autoresponder, in n8n', () => {
	const { simulatorUrl, autoresponderId } = e2eHost();
	const chat = new ChatClient(simulatorUrl);
	let api: N8nApi;

	beforeAll(async () => {
		api = await ownerApi();
	});

	/** The business's next message to the customer with this name. */
	async function answerTo(
		name: string,
		message: string | ({ type: string } & Record<string, unknown>),
	): Promise<{ asked: string; answer: string }> {
		const { customers } = await chat.state();
		const customer = present(customers.find((one) => one.name === name)).waId;
		const before = new Set((await fromBusiness(customer)).map(({ id }) => id));
		const asked =
			typeof message === 'string'
				? await chat.type(phoneNumberId, customer, message)
				: await chat.send(phoneNumberId, customer, message);
		const answer = await until('the business answers', async () =>
			(await fromBusiness(customer)).find(({ id }) => !before.has(id)),
		);
		return { asked, answer: readableText(answer) };
	}

	async function fromBusiness(customer: string): Promise<ChatMessage[]> {
		const { conversations } = await chat.state();
		return conversations
			.filter((one) => one.phoneNumberId === phoneNumberId && one.customer === customer)
			.flatMap(({ messages }) => messages)
			.filter(({ author }) => author === 'business');
	}

	async function executionOf(messageId: string): Promise<N8nExecution & { data: string }> {
		return await until('the message was executed', async () => {
			for (const { id } of await api.executions(autoresponderId)) {
				const execution = await api.execution(id);
				const { data } = execution;
				if (execution.status === 'success' && data?.includes(messageId)) {
					return { ...execution, data };
				}
			}
			return undefined;
		});
	}

	test('the workflow from examples/ is active', async () => {
		expect(await api.workflow(autoresponderId)).toMatchObject({
			name: 'WhatsApp autoresponder',
			active: true,
		});
	});

	test.each([
		['Good morning!', /^Hi Clara! 👋/],
		['When do you open?', /Monday to Friday/],
		['price?', /Succulent bowl: \$24\.00/],
		['I need a human', /^No problem, Clara\./],
		['Why is the sky blue?', /^Thanks for your message, Clara! I did not understand it\./],
	])('"%s" gets the right answer', async (text, expected) => {
		const { answer } = await answerTo('Clara Weiß', text);
		expect(answer).toMatch(expected);
	});

	const upload = async (name: string, type: string) =>
		await chat.upload(new File([name], name, { type }));

	test.each([
		[
			'a photo',
			async () => ({ type: 'image', image: { id: await upload('cactus.jpg', 'image/jpeg') } }),
		],
		[
			'a voice note',
			async () => ({
				type: 'audio',
				audio: { id: await upload('note.ogg', 'audio/ogg; codecs=opus'), voice: true },
			}),
		],
		[
			'a place',
			() => ({ type: 'location', location: { latitude: 52.52, longitude: 13.4, name: 'Berlin' } }),
		],
	])('%s is answered with one sentence that says what works', async (_what, message) => {
		const { asked, answer } = await answerTo('Clara Weiß', await message());
		expect(answer).toBe('I can only read text for now. Write *help* to see what I can answer.');
		const runs = nodeRuns((await executionOf(asked)).data);
		expect(Object.keys(runs)).toEqual([
			'WhatsApp Cloud Trigger',
			'Is It a Text?',
			'Ask for a Text',
		]);
	});

	test('a customer whose number is hidden is answered by user ID', async () => {
		const { answer } = await answerTo('Dana', 'hello');
		expect(answer).toMatch(/^Hi Dana! 👋/);
	});

	test('one execution takes the message through trigger, typing, keyword and answer', async () => {
		const { asked } = await answerTo('Ben Okafor', 'your hours?');
		const runs = nodeRuns((await executionOf(asked)).data);
		expect(Object.keys(runs)).toEqual([
			'WhatsApp Cloud Trigger',
			'Is It a Text?',
			'Show Typing',
			'Which Keyword?',
			'Send Hours',
		]);
		const first = (node: string) => runs[node]?.[0]?.outputs.find((items) => items.length > 0)?.[0];
		expect(first('WhatsApp Cloud Trigger')?.json).toMatchObject({
			event: 'message',
			type: 'text',
			id: asked,
			text: 'your hours?',
			phoneNumberId,
			contact: { name: 'Ben Okafor', waId: '15550200002' },
		});
		expect(first('Show Typing')?.json).toMatchObject({ success: true, messageId: asked });
		expect(first('Send Hours')?.json).toMatchObject({
			outcome: 'sent',
			recipient: { waId: '15550200002' },
		});
	});

	test('statuses of the answers cost no execution', async () => {
		const { asked } = await answerTo('Ben Okafor', 'menu');
		await executionOf(asked);
		const { conversations } = await chat.state();
		const questions = conversations
			.flatMap(({ messages }) => messages)
			.filter(({ author, timestamp }) => author === 'customer' && timestamp >= began);
		await until('all answers are read', async () => {
			const state = await chat.state();
			const answers = state.conversations
				.flatMap(({ messages }) => messages)
				.filter(({ author }) => author === 'business');
			return answers.every(({ status }) => status === 'read');
		});
		const executions = await api.executions(autoresponderId);
		const own = executions.slice(0, executions.length - executionsBefore);
		expect(own.map(({ status }) => status)).toEqual(questions.map(() => 'success'));
	});
});
