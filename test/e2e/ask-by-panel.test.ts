import type { Browser, Page } from 'playwright-core';
import { ChatClient } from '../../scripts/host/chat-client.ts';
import { loadTemplates, templateFixture } from '../fixtures/templateFixtures';
import { openConversation, openPage, screenshot } from './browser';
import { openPanel, useEditor } from './editorPage';
import { e2eHost, ownerApi } from './host';
import { manualWorkflow } from './manual-workflow';

/** Nobody that other tests write to. */
const customer = { waId: '15550203031', name: 'Lina Sommer' };

describe('asking by a template, in the editor', () => {
	const { simulatorUrl } = e2eHost();
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
		const workflow = manualWorkflow('Ask by a template', {
			name: 'Ask About the Visit',
			parameters: {
				resource: 'message',
				operation: 'sendAndWait',
				recipient: `+${customer.waId}`,
				message: 'Will you come on Monday?',
				askBy: 'templateOutsideWindow',
			},
		});
		const { id } = await (await ownerApi()).createWorkflow(workflow);
		await openPanel(page, id, 'Ask About the Visit');
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
