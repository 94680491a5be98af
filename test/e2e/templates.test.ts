import type { Browser, Locator, Page } from 'playwright-core';
import { ChatClient } from '../../scripts/host/chat-client.ts';
import { testAccount } from '../../scripts/host/test-account.ts';
import { loadTemplates } from '../fixtures/templateFixtures';
import { openPage, screenshot } from './browser';
import { openPanel, useEditor } from './editorPage';
import { e2eHost, ownerApi } from './host';
import { manualWorkflow } from './manual-workflow';

/** Nobody that other tests write to. */
const customer = { waId: '15550200066', name: 'Nora Lind' };

const picture = 'https://luckyshrub.example/receipts/77.jpg';

describe('a template in the editor', () => {
	const { simulatorUrl } = e2eHost();
	let browser: Browser;
	let page: Page;

	const byTestId = (id: string) => page.locator(`[data-test-id="${id}"]`);
	const mapper = () => byTestId('resource-mapper-container');

	/** The labels of the mapper's fields, without the mode. */
	const labels = async (): Promise<string[]> => {
		const texts = await mapper().locator('.parameter-item label').allInnerTexts();
		// The rest of a label is the switch to an expression.
		return texts.map((text) => text.split('\n')[0]?.trim() ?? '');
	};

	/** The input below a label of the mapper. */
	const inputOf = (label: string): Locator =>
		mapper()
			.locator('.parameter-item')
			.filter({ has: page.locator('label').filter({ hasText: label }) })
			.locator('input')
			.first();

	async function pick(search: string, entry: string): Promise<void> {
		await byTestId('parameter-input-template').locator('input').last().click();
		await byTestId('rlc-search').fill(search);
		const found = byTestId('rlc-item').filter({ hasText: entry }).first();
		await found.waitFor();
		await screenshot(page, `template-list-${entry}`);
		await found.click();
	}

	useEditor((openedPage, openedBrowser) => {
		page = openedPage;
		browser = openedBrowser;
	});
	beforeAll(async () => {
		await loadTemplates(simulatorUrl);
		await new ChatClient(simulatorUrl).addCustomer(customer);
		const workflow = manualWorkflow('Send a template', {
			name: 'Send Receipt',
			parameters: {
				resource: 'message',
				operation: 'sendTemplate',
				recipient: `+${customer.waId}`,
			},
		});
		const { id } = await (await ownerApi()).createWorkflow(workflow);
		await openPanel(page, id, 'Send Receipt');
	});

	test('is found by its words, and shows its text and one field per value', async () => {
		await pick('what you bought', 'receipt_with_picture');
		await mapper().getByText('See receipt URL').waitFor();
		expect(await labels()).toEqual([
			'Text',
			'Image (link, ID, field)',
			'{{1}} e.g. Anna',
			'{{2}} e.g. $ 48.20',
			expect.stringMatching(/^See receipt URL/),
		]);
		await mapper().getByText('Here is what you bought').waitFor();
		await mapper().scrollIntoViewIfNeeded();
		await screenshot(page, 'template-fields');
	});

	test('is filled in, sent, and arrives in the chat', async () => {
		await inputOf('Image').fill(picture);
		await inputOf('{{1}}').fill('Nora');
		await inputOf('{{2}}').fill('$ 48.20');
		await inputOf('See receipt URL').fill('R-77');
		await byTestId('node-execute-button').first().click();
		const output = byTestId('output-panel');
		await output.getByText('Thank you, Nora.').first().waitFor();
		await screenshot(page, 'template-sent');
		const chat = await openPage(browser, { width: 1000, height: 760 });
		const address = `#customer=${customer.waId}&number=${testAccount.phoneNumberId}`;
		await chat.goto(`${simulatorUrl}/${address}`);
		const message = chat.locator('[data-testid=message]').last();
		await message.getByText('Thank you, Nora. Here is what you bought for $ 48.20').waitFor();
		await screenshot(chat, 'template-chat');
		await chat.close();
	});

	test('makes way for another one, whose fields follow', async () => {
		await pick('order_shipped', 'order_shipped · de');
		await mapper().getByText('Sendung verfolgen URL').waitFor();
		expect(await labels()).toEqual([
			'Text',
			'{{1}} e.g. Anna',
			'{{2}} e.g. LS-2041',
			'{{3}} e.g. Freitag',
			expect.stringMatching(/^Sendung verfolgen/),
		]);
		expect(await inputOf('{{1}}').inputValue()).toBe('');
		await mapper().getByText('hat unser Gewächshaus verlassen').waitFor();
	});

	test('without values shows its text alone', async () => {
		await pick('opening', 'opening_hours');
		await page.getByText('We are open from Monday to Saturday').first().waitFor();
		expect(await labels()).toEqual(['Text']);
	});
});
