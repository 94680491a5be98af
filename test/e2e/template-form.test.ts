import type { Page } from 'playwright-core';
import type { N8nApi } from '../../scripts/host/n8n-api.ts';
import { screenshot } from './browser';
import { openPanel, useEditor } from './editorPage';
import { ownerApi } from './host';
import { manualWorkflow } from './manual-workflow';

const template = {
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
		button: [{ type: 'url', text: 'Shop', url: 'https://example.com/{1}', urlSample: 'ferns' }],
	},
};

describe('a template made in the panel', () => {
	let api: N8nApi;
	let page: Page;

	const byTestId = (id: string) => page.locator(`[data-test-id="${id}"]`);

	useEditor((opened) => (page = opened), 1_700);
	beforeAll(async () => {
		api = await ownerApi();
	});

	test('takes a typed text with variables as it is, and Meta gets the template', async () => {
		const node = { name: 'Create template', parameters: template };
		const { id } = await api.createWorkflow(manualWorkflow('Template', node));
		const panel = await openPanel(page, id, node.name);
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
		const node = {
			name: 'Update template',
			parameters: {
				resource: 'template',
				operation: 'update',
				templateId: { __rl: true, mode: 'id', value: '400000000000002' },
			},
		};
		const { id } = await api.createWorkflow(manualWorkflow('Update', node));
		const panel = await openPanel(page, id, node.name);
		await panel.getByText('order_update · en_US').waitFor();
		await panel.getByText('Hi {{1}}, your order {{2}} is on its way.').waitFor();
		expect(await byTestId('parameter-issues').count()).toBe(0);
		await screenshot(page, 'template-update');
	});
});
