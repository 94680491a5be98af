import type { Browser, Page } from 'playwright-core';
import { CREDENTIAL_NAME, CREDENTIAL_TYPE } from '../../scripts/host/autoresponder.ts';
import { ChatClient } from '../../scripts/host/chat-client.ts';
import { loadTemplates, templateFixture } from '../fixtures/templateFixtures';
import { openConversation, openPage, screenshot } from './browser';
import { useEditor } from './editorPage';
import { e2eHost, ownerApi } from './host';

/** Nobody that other tests write to. */
const customer = { waId: '15550203031', name: 'Lina Sommer' };

describe('asking by a template, in the editor', () => {
	const { n8nUrl, simulatorUrl, credentialId } = e2eHost();
	let browser: Browser;
	let page: Page;

	const byTestId = (id: string) => page.locator(`[data-test-id="${id}"]`);
	const mapper = () => byTestId('resource-mapper-container');

	useEditor((openedPage, openedBrowser) => {
		page = openedPage;
		browser = openedBrowser;
	}, 1_500);
	beforeAll(async () => {
		await loadTemplates(simulatorUrl, [templateFixture('visit_reminder')]);
		await new ChatClient(simulatorUrl).addCustomer(customer);
		const credentials = { [CREDENTIAL_TYPE]: { id: credentialId, name: CREDENTIAL_NAME } };
		const { id } = await (
			await ownerApi()
		).createWorkflow({
			name: 'Ask by a template',
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
					id: 'ask',
					name: 'Ask About the Visit',
					type: 'n8n-nodes-whatsapp-cloud.whatsAppCloud',
					typeVersion: 1,
					position: [224, 0],
					parameters: {
						resource: 'message',
						operation: 'sendAndWait',
						recipient: `+${customer.waId}`,
						message: 'Will you come on Monday?',
						askBy: 'templateOutsideWindow',
					},
					credentials,
				},
			],
			connections: { Start: { main: [[{ node: 'Ask About the Visit', type: 'main', index: 0 }]] } },
			settings: { executionOrder: 'v1' },
		});
		await page.goto(`${n8nUrl}/workflow/${id}`);
		await page
			.locator('[data-test-id=canvas-node][data-node-name="Ask About the Visit"]')
			.dblclick();
		await byTestId('ndv').waitFor();
	});

	test('has a field for each value of the template, and asks with them', async () => {
		await byTestId('parameter-input-template').locator('input').last().click();
		await byTestId('rlc-search').fill('visit_reminder');
		await byTestId('rlc-item').filter({ hasText: 'visit_reminder' }).first().click();
		const values = { first_name: 'Lina', shop: 'Mitte', day: 'Monday', time: '10:30' };
		for (const [name, value] of Object.entries(values)) {
			const field = mapper()
				.locator('.parameter-item')
				.filter({ has: page.locator('label').filter({ hasText: name }) });
			await field.locator('input').first().fill(value);
		}
		await mapper().getByText('See you soon').first().waitFor();
		await screenshot(page, 'ask-by-panel');
		await byTestId('node-execute-button').first().click();
		const chat = await openPage(browser, { width: 1000, height: 760 });
		await chat.goto(`${simulatorUrl}/`);
		await openConversation(chat, customer.name);
		const question = chat.locator('[data-testid=message][data-author=business]').last();
		await question.getByText('Your visit at Mitte is on Monday at 10:30').waitFor();
		await question.getByRole('button').first().click();
		await byTestId('output-panel').getByText('approved').first().waitFor();
		await screenshot(page, 'ask-by-answered');
	});
});
