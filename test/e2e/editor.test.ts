import type { Page } from 'playwright-core';
import { CREDENTIAL_NAME, CREDENTIAL_TYPE } from '../../scripts/host/autoresponder.ts';
import type { N8nWorkflowDefinition } from '../../scripts/host/n8n-api.ts';
import { screenshot } from './browser';
import { openPanel, useEditor } from './editorPage';
import { e2eHost, ownerApi } from './host';

describe("n8n's editor", () => {
	const { n8nUrl, autoresponderId } = e2eHost();
	let page: Page;

	useEditor((opened) => (page = opened));

	const byTestId = (id: string) => page.locator(`[data-test-id="${id}"]`);
	const node = (name: string) =>
		page.locator(`[data-test-id=canvas-node][data-node-name="${name}"]`);
	const creatorItems = () => byTestId('item-iterator-item');

	/** The panel "What happens next?", with a search typed in. */
	async function searchNodes(words: string): Promise<void> {
		await byTestId('node-creator-plus-button').first().click();
		await byTestId('node-creator-search-bar').waitFor();
		await page.keyboard.type(words);
	}

	/**
	 * Opens the node of a new "Send from the panel". The workflow names its credential: for a node
	 * dragged in, the editor takes the newest, which another test may have created broken.
	 */
	async function openSendFromPanel(): Promise<void> {
		const { id } = await (await ownerApi()).createWorkflow(sendFromPanel());
		await openPanel(page, id, 'Tell the Customer');
	}

	/** Names of the parameters shown by the open node. */
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
			await node(name).waitFor();
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
		await page.getByText('Publish it once before the first test').waitFor();
		// An address is shown only where it is to be pasted.
		expect(await page.getByText('Webhook URLs', { exact: true }).count()).toBe(0);
		await byTestId('node-credentials-select').waitFor();
		expect(await shownParameters()).toEqual(expect.arrayContaining(['registration', 'events']));
		await screenshot(page, 'new-trigger');
		await page.keyboard.press('Escape');
		await byTestId('ndv').waitFor({ state: 'hidden' });
	});

	test('finds the node by "whatsapp", lists its actions and opens it with its fields', async () => {
		await searchNodes('whatsapp');
		await creatorItems().filter({ hasText: 'Starts the workflow when a WhatsApp' }).click();
		const actions = creatorItems();
		await actions.filter({ hasText: 'Send text message' }).waitFor();
		expect(await actions.allInnerTexts()).toEqual(
			// The editor draws the rest of the list as it is scrolled.
			expect.arrayContaining([
				'Send text message',
				'Send buttons, list or Flow',
				'Mark message as read',
			]),
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
		await openSendFromPanel();
		await page.getByPlaceholder("Credential's default phone number").click();
		await page.getByText('+1 555-010-0001').first().waitFor();
		await page.getByText('+1 555-010-0002').first().waitFor();
		await page.getByText('+1 555-010-0001').first().click();
	});

	test('sends from the panel and shows the item that comes out', async () => {
		await openSendFromPanel();
		await byTestId('node-execute-button').first().click();
		const output = byTestId('output-panel');
		await output.getByText('wamid.').first().waitFor();
		await output.getByText('Schema', { exact: true }).click();
		await output.getByText('sent', { exact: true }).first().waitFor();
		const toast = page.locator('.el-notification__closeBtn');
		if (await toast.isVisible()) await toast.click();
		await screenshot(page, 'node-panel');
	});
});

/** What the panel needs to run without waiting for a message: a start, and an order. */
function sendFromPanel(): N8nWorkflowDefinition {
	const order = { order: 1042, customer: 'Ben', phone: '(555) 020-0002' };
	const reference = { id: e2eHost().credentialId, name: CREDENTIAL_NAME };
	const next = (name: string) => ({ main: [[{ node: name, type: 'main', index: 0 }]] });
	return {
		name: 'Send from the panel',
		nodes: [
			{
				id: 'start',
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				id: 'order',
				name: 'New Order',
				type: 'n8n-nodes-base.set',
				typeVersion: 3.4,
				position: [224, 0],
				parameters: { mode: 'raw', jsonOutput: JSON.stringify(order) },
			},
			{
				id: 'send',
				name: 'Tell the Customer',
				type: 'n8n-nodes-whatsapp-cloud.whatsAppCloud',
				typeVersion: 1,
				position: [448, 0],
				parameters: {
					resource: 'message',
					operation: 'sendText',
					recipient: '={{ $json.phone }}',
					text: '=Hi {{ $json.customer }}, your order *{{ $json.order }}* is on its way! 🌵',
				},
				credentials: { [CREDENTIAL_TYPE]: reference },
			},
		],
		connections: { Start: next('New Order'), 'New Order': next('Tell the Customer') },
		settings: { executionOrder: 'v1' },
	};
}
