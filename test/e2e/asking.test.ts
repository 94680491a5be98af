import type { Browser, Page } from 'playwright-core';
import { ChatClient, readableText } from '../../scripts/host/chat-client.ts';
import type { N8nApi, N8nCredential, N8nWorkflow } from '../../scripts/host/n8n-api.ts';
import { present } from '../present';
import { until } from '../until';
import { loadTemplates, templateFixture } from '../fixtures/templateFixtures';
import { createAsking, outcome, sentTo, startAsking, tap } from './asking-workflow';
import { launchBrowser, openConversation, openPage, screenshot } from './browser';
import { e2eHost, ownerApi } from './host';

const { n8nUrl, simulatorUrl, credentialId, autoresponderId } = e2eHost();
const chat = new ChatClient(simulatorUrl);

/** In the simulator's chat page. */
const ana = { waId: '15550200001', name: 'Ana Torres' };
/** Whom no other file writes to. */
const ben = { waId: '15550203001' };
const clara = { waId: '15550203002' };

let api: N8nApi;
let credential: N8nCredential;
let browser: Browser;
let page: Page;

beforeAll(async () => {
	api = await ownerApi();
	credential = present((await api.credentials()).find(({ id }) => id === credentialId));
	browser = await launchBrowser();
	page = await openPage(browser, { width: 1180, height: 760 });
	await page.goto(`${simulatorUrl}/`);
	await openConversation(page, ana.name);
});
afterAll(async () => await browser.close());

let asked = 0;

/** Asks; the autoresponder's trigger receives the answers. */
async function ask(
	parameters: Record<string, unknown>,
	people: { waId: string }[] = [ana],
): Promise<N8nWorkflow> {
	const path = `asking-${++asked}`;
	const workflow = await createAsking(api, credential, path, parameters);
	await api.activate(workflow);
	await startAsking(
		n8nUrl,
		path,
		people.map(({ waId }) => `+${waId}`),
	);
	return workflow;
}

const lastMessage = () => page.locator('[data-testid=message][data-author=business]').last();

async function type(text: string): Promise<void> {
	await page.getByTestId('composer').fill(text);
	await page.keyboard.press('Enter');
}

const textsTo = async ({ waId }: { waId: string }): Promise<string[]> =>
	(await sentTo(chat, waId)).map(readableText);

const seconds = (resumeAmount: number) => ({
	values: { limitType: 'afterTimeInterval', resumeAmount, resumeUnit: 'seconds' },
});

test('an approval by a tap goes on, and starts no other workflow', async () => {
	const workflow = await ask({ message: 'Shall we order 200 pots?' });
	const question = lastMessage().filter({ hasText: '200 pots' });
	await question.waitFor();
	await screenshot(page, 'ask-chat');
	await question.getByRole('button', { name: 'Approve' }).click();
	const { Answered, 'Timed Out': timedOut } = await outcome(api, workflow.id);
	expect(timedOut).toEqual([]);
	expect(Answered).toMatchObject([
		{ approved: true, answer: { id: 'approve' }, from: { name: ana.name } },
	]);
	// A second tap on the same message changes nothing.
	const taps = [await tap(chat, ana.waId, 'Deny')];
	await type('And how about a price?');
	await until('the autoresponder answers', async () =>
		(await textsTo(ana)).some((text) => text.includes('Cactus')),
	);
	for (const { id } of await api.executions(autoresponderId)) {
		const { data = '' } = await api.execution(id);
		expect(taps.filter((tapped) => data.includes(tapped))).toEqual([]);
		expect(data).not.toContain('"q:');
	}
});

describe('a choice of five', () => {
	const titles = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'];
	const choice = {
		message: 'Which day suits you?',
		responseType: 'choice',
		choices: { choice: titles.map((title) => ({ title })) },
	};

	test('is made in the list', async () => {
		const workflow = await ask(choice);
		const question = lastMessage().filter({ hasText: 'Which day' });
		await question.getByRole('button', { name: 'Choose' }).click();
		const sheet = page.getByRole('dialog');
		await sheet.getByText('Wednesday').click();
		await sheet.getByRole('button', { name: 'Send' }).click();
		expect((await outcome(api, workflow.id)).Answered).toMatchObject([
			{ answer: { id: 'Wednesday', title: 'Wednesday' } },
		]);
	});

	test('is made by a text, by its title or place', async () => {
		for (const [text, title] of [
			['thursday', 'Thursday'],
			['the second', 'Tuesday'],
		] as const) {
			const workflow = await ask(choice);
			await lastMessage().filter({ hasText: 'Which day' }).waitFor();
			await type(text);
			expect((await outcome(api, workflow.id)).Answered).toMatchObject([{ answer: { title } }]);
		}
	});
});

test('a wrong answer is asked for again, with the retry text', async () => {
	const workflow = await ask({
		message: 'How many guests?',
		responseType: 'freeText',
		textFormat: 'number',
		min: 1,
		max: 12,
		options: { retryText: 'A number from 1 to 12, please.' },
	});
	await lastMessage().filter({ hasText: 'How many guests?' }).waitFor();
	await type('quite a few');
	await lastMessage().filter({ hasText: 'A number from 1 to 12' }).waitFor();
	await screenshot(page, 'ask-again');
	await type('12');
	expect((await outcome(api, workflow.id)).Answered).toMatchObject([
		{ answer: { text: '12', value: 12 } },
	]);
});

describe('outside of the 24-hour window', () => {
	const dora = { waId: '15550203021', name: 'Dora Klein' };
	const visit = {
		message: 'Will you come on Monday?',
		askBy: 'templateOutsideWindow',
		template: { __rl: true, mode: 'name', value: 'visit_reminder:en_US' },
		componentsInput: 'fields',
		templateParts: ['header', 'body'],
		headerType: 'text',
		headerText: 'Dora',
		headerParameterName: 'first_name',
		bodyVariablesInput: 'json',
		bodyVariablesJson: JSON.stringify({ shop: 'Mitte', day: 'Monday', time: '10:30' }),
		approveLabel: 'I will be there',
		denyLabel: 'Another day',
	};

	beforeAll(async () => {
		await loadTemplates(simulatorUrl, [templateFixture('visit_reminder')]);
		await chat.addCustomer(dora);
	});
	afterAll(async () => {
		await openConversation(page, ana.name);
	});

	test('a template asks, and a tap on its quick reply answers', async () => {
		const workflow = await ask(visit, [dora]);
		await openConversation(page, dora.name);
		const question = lastMessage().filter({ hasText: 'Your visit at Mitte is on Monday at 10:30' });
		await question.getByText('See you soon, Dora').waitFor();
		await screenshot(page, 'ask-by-template');
		await question.getByRole('button', { name: 'Another day' }).click();
		expect((await outcome(api, workflow.id)).Answered).toMatchObject([
			{
				approved: false,
				answer: { id: 'deny', title: 'Another day' },
				message: { type: 'button' },
			},
		]);
	});

	test('within the window that this has opened, the message asks', async () => {
		const workflow = await ask(visit, [dora]);
		await lastMessage()
			.filter({ hasText: visit.message })
			.getByRole('button', { name: 'I will be there' })
			.click();
		expect((await outcome(api, workflow.id)).Answered).toMatchObject([{ approved: true }]);
	});
});

test("a question whose execution was deleted is in nobody's way", async () => {
	const eve = { waId: '15550203022' };
	const workflow = await ask({ message: 'First?' }, [eve]);
	const [waiting] = await until('it waits', async () => {
		const executions = await api.executions(workflow.id);
		return executions.some(({ status }) => status === 'waiting') ? executions : null;
	});
	await api.request('POST', '/rest/executions/delete', { ids: [present(waiting).id] });
	const next = await ask({ message: 'Second?' }, [eve]);
	await until('the next one is asked', async () => (await textsTo(eve)).length === 2);
	await tap(chat, eve.waId, 'Approve');
	expect((await outcome(api, next.id)).Answered).toMatchObject([{ approved: true }]);
	expect(await sentTo(chat, eve.waId)).toHaveLength(2);
});

test('a reminder follows, and then the second output', async () => {
	const workflow = await ask({
		options: {
			limitWaitTime: seconds(8),
			reminder: { settings: { amount: 2, unit: 'seconds', text: 'Are you still there?' } },
			expiredText: 'Too late, thanks anyway.',
		},
	});
	await lastMessage().filter({ hasText: 'Are you still there?' }).waitFor();
	const { Answered, 'Timed Out': timedOut } = await outcome(api, workflow.id);
	expect(Answered).toEqual([]);
	expect(timedOut).toMatchObject([{ approved: false, reason: 'noAnswer' }]);
	expect((await textsTo(ana)).slice(-2)).toEqual([
		'Are you still there?',
		'Too late, thanks anyway.',
	]);
});

test('of two people at once, each has an item', async () => {
	const workflow = await ask({}, [ben, clara]);
	await tap(chat, clara.waId, 'Deny');
	await tap(chat, ben.waId, 'Approve');
	const { Answered } = await outcome(api, workflow.id);
	expect(Answered).toMatchObject([
		{ approved: true, from: { waId: ben.waId } },
		{ approved: false, from: { waId: clara.waId } },
	]);
});

test('of three approvers, the first decides, and the others are told', async () => {
	const workflow = await ask({
		recipient: [ana, ben, clara].map(({ waId }) => `+${waId}`).join(', '),
		options: { several: { settings: { needed: 'first', settledText: 'Somebody was faster.' } } },
	});
	await tap(chat, ben.waId, 'Approve');
	const { Answered } = await outcome(api, workflow.id);
	expect(Answered).toMatchObject([{ approved: true, from: { waId: ben.waId } }]);
	for (const { waId } of [ana, clara]) {
		await until('the others are told', async () =>
			(await sentTo(chat, waId)).some((sent) => readableText(sent) === 'Somebody was faster.'),
		);
	}
	expect(await textsTo(ben)).not.toContain('Somebody was faster.');
});

test('a forged call resumes nothing', async () => {
	const workflow = await ask({}, [clara]);
	const execution = await until('it waits', async () =>
		(await api.executions(workflow.id)).find(({ status }) => status === 'waiting'),
	);
	for (const query of ['', '?wait=x&signature=00', `?signature=${'0'.repeat(64)}`]) {
		const url = `${n8nUrl}/webhook-waiting/${execution.id}/ask${query}`;
		expect((await fetch(url, { method: 'POST' })).status).toBe(401);
	}
	expect((await api.executions(workflow.id))[0]?.status).toBe('waiting');
	await tap(chat, clara.waId, 'Approve');
	expect((await outcome(api, workflow.id)).Answered).toMatchObject([{ approved: true }]);
});
