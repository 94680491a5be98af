import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openEditor, screenshot } from './browser';
import { e2eHost } from './host';

describe("n8n's editor", () => {
	const { n8nUrl, autoresponderId } = e2eHost();
	let browser: Browser;
	let page: Page;

	beforeAll(async () => {
		browser = await launchBrowser();
		page = await openEditor(browser);
	});
	afterAll(async () => await browser.close());

	const byTestId = (id: string) => page.locator(`[data-test-id="${id}"]`);
	const creatorItems = () => byTestId('item-iterator-item');

	/** The panel "What happens next?", searched. */
	async function searchNodes(words: string): Promise<void> {
		await byTestId('node-creator-plus-button').first().click();
		await byTestId('node-creator-search-bar').waitFor();
		await page.keyboard.type(words);
	}

	/** Names of the parameters that the open node shows. */
	async function shownParameters(): Promise<string[]> {
		await byTestId('node-parameters').waitFor();
		const prefix = 'parameter-input-';
		const inputs = await byTestId('node-parameters').locator(`[data-test-id^="${prefix}"]`).all();
		const ids = await Promise.all(
			inputs.map(async (input) => await input.getAttribute('data-test-id')),
		);
		return ids.map((id) => id?.slice(prefix.length) ?? '');
	}

	test('shows the autoresponder with its notes', async () => {
		await page.goto(`${n8nUrl}/workflow/${autoresponderId}`);
		await byTestId('canvas-node').nth(8).waitFor();
		for (const name of ['WhatsApp Cloud Trigger', 'Show Typing', 'Which Keyword?', 'Say Hello']) {
			await page.locator(`[data-test-id=canvas-node][data-node-name="${name}"]`).waitFor();
		}
		expect(await byTestId('node-issues').count()).toBe(0);
		await screenshot(page, 'workflow');
	});

	test('finds the trigger by "whatsapp" and opens it with its fields', async () => {
		await page.goto(`${n8nUrl}/workflow/new`);
		await byTestId('canvas-plus-button').waitFor();
		await searchNodes('whatsapp');
		const found = creatorItems().filter({ hasText: 'Starts the workflow when a WhatsApp' });
		await found.waitFor();
		await screenshot(page, 'node-search');
		await found.click();
		await page.getByText('On message', { exact: true }).click();
		await byTestId('ndv').waitFor();
		await page.getByText('Webhook URLs').waitFor();
		await byTestId('node-credentials-select').waitFor();
		expect(await shownParameters()).toEqual(expect.arrayContaining(['registration', 'events']));
		await screenshot(page, 'trigger-panel');
		await page.keyboard.press('Escape');
		await byTestId('ndv').waitFor({ state: 'hidden' });
	});

	test('finds the node by "whatsapp", lists its actions and opens it with its fields', async () => {
		await searchNodes('whatsapp');
		await creatorItems().filter({ hasText: 'Starts the workflow when a WhatsApp' }).click();
		const actions = creatorItems();
		await actions.filter({ hasText: 'Send text message' }).waitFor();
		expect(await actions.allInnerTexts()).toEqual(
			expect.arrayContaining(['Mark message as read', 'Send text message', 'Debug token']),
		);
		await actions.filter({ hasText: 'Send text message' }).click();
		await byTestId('ndv').waitFor();
		expect(await shownParameters()).toEqual(
			expect.arrayContaining([
				'resource',
				'operation',
				'phoneNumberId',
				'recipient',
				'text',
				'previewUrl',
				'replyToMessageId',
			]),
		);
	});

	test("offers the account's phone numbers as senders", async () => {
		await page.getByPlaceholder("Credential's default phone number").click();
		await page.getByText('+1 555-010-0001').first().waitFor();
		await page.getByText('+1 555-010-0002').first().waitFor();
		await page.getByText('+1 555-010-0001').first().click();
	});

	test('sends from the panel and shows the item that comes out', async () => {
		await byTestId('parameter-input-recipient').locator('input').fill('+1 (555) 020-0004');
		await byTestId('parameter-input-text')
			.locator('textarea')
			.fill('Your succulents are on their way! 🌵');
		await byTestId('node-execute-button').first().click();
		const output = page.locator('[data-test-id="ndv-output-panel"], [data-test-id="output-panel"]');
		await output.getByText('wamid.').first().waitFor();
		expect(await output.getByText('sent', { exact: true }).count()).toBeGreaterThan(0);
		await screenshot(page, 'node-panel');
	});
});
