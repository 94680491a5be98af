import type { Page } from 'playwright-core';
import { CREDENTIAL_NAME, CREDENTIAL_TYPE } from '../../scripts/host/autoresponder.ts';
import type { N8nApi } from '../../scripts/host/n8n-api.ts';
import { screenshot } from './browser';
import { openPanel, useEditor } from './editorPage';
import { e2eHost, ownerApi } from './host';

describe('a template made in the panel', () => {
	const { n8nUrl, credentialId } = e2eHost();
	let api: N8nApi;
	let page: Page;

	const byTestId = (id: string) => page.locator(`[data-test-id="${id}"]`);

	useEditor((opened) => (page = opened), 1_700);
	beforeAll(async () => {
		api = await ownerApi();
		const { id } = await api.createWorkflow({
			name: 'Template',
			nodes: [
				{
					id: 'trigger',
					name: 'When clicking',
					type: 'n8n-nodes-base.manualTrigger',
					typeVersion: 1,
					position: [0, 0],
					parameters: {},
				},
				{
					id: 'create',
					name: 'Create template',
					type: 'n8n-nodes-whatsapp-cloud.whatsAppCloud',
					typeVersion: 1,
					position: [224, 0],
					credentials: { [CREDENTIAL_TYPE]: { id: credentialId, name: CREDENTIAL_NAME } },
					parameters: {
						resource: 'template',
						operation: 'create',
						templateName: 'autumn_sale',
						category: 'MARKETING',
						headerFormat: 'TEXT',
						headerText: 'Autumn sale',
						bodySamples: {
							sample: [
								{ variable: 'first_name', value: 'Ada' },
								{ variable: 'percent', value: '20 %' },
							],
						},
						footerText: 'Reply STOP to end these messages',
						buttons: {
							button: [
								{ type: 'url', text: 'Shop', url: 'https://example.com/{1}', urlSample: 'ferns' },
							],
						},
					},
				},
			],
			connections: {
				'When clicking': { main: [[{ node: 'Create template', type: 'main', index: 0 }]] },
			},
		});
		await page.goto(`${n8nUrl}/workflow/${id}`);
	});

	test('takes a typed text with variables as it is, and Meta gets the template', async () => {
		await page.locator('[data-test-id=canvas-node][data-node-name="Create template"]').dblclick();
		const panel = byTestId('node-parameters');
		await panel.waitFor();
		const body = panel.locator('[data-test-id=parameter-input-bodyText] textarea');
		await body.pressSequentially('Hello {first_name}, all ferns are {percent} off until Sunday.');
		await body.blur();
		expect(await byTestId('parameter-issues').count()).toBe(0);
		await screenshot(page, 'template-form');
		await byTestId('node-execute-button').first().click();
		await byTestId('output-panel').getByText('autumn_sale').first().waitFor();
		await screenshot(page, 'template-created');
	});

	test('shows the whole template before it is changed', async () => {
		const { id } = await api.createWorkflow({
			name: 'Update',
			nodes: [
				{
					id: 'update',
					name: 'Update template',
					type: 'n8n-nodes-whatsapp-cloud.whatsAppCloud',
					typeVersion: 1,
					position: [0, 0],
					credentials: { [CREDENTIAL_TYPE]: { id: credentialId, name: CREDENTIAL_NAME } },
					parameters: {
						resource: 'template',
						operation: 'update',
						templateId: { __rl: true, mode: 'id', value: '400000000000002' },
					},
				},
			],
			connections: {},
		});
		const panel = await openPanel(page, id, 'Update template');
		await panel.getByText('order_update · en_US').waitFor();
		await panel.getByText('Hi {{1}}, your order {{2}} is on its way.').waitFor();
		expect(await byTestId('parameter-issues').count()).toBe(0);
		await screenshot(page, 'template-update');
	});
});
