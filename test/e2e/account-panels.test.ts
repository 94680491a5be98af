import type { Page } from 'playwright-core';
import type { N8nNode } from '../../scripts/host/n8n-api.ts';
import { screenshot } from './browser';
import { openPanel, useEditor } from './editorPage';
import { ownerApi } from './host';
import { manualWorkflow } from './manual-workflow';

describe('panels of the account', () => {
	let page: Page;

	useEditor((opened) => (page = opened));

	const byTestId = (id: string) => page.locator(`[data-test-id="${id}"]`);

	/** Opens the node of a new workflow with these parameters. */
	async function open(parameters: N8nNode['parameters']): Promise<void> {
		const workflow = manualWorkflow('A panel of the account', { name: 'WhatsApp', parameters });
		const { id } = await (await ownerApi()).createWorkflow(workflow);
		await openPanel(page, id, 'WhatsApp');
	}

	const execute = async (): Promise<void> => {
		await byTestId('node-execute-button').first().click();
		await byTestId('output-panel').getByText('Schema', { exact: true }).click();
		const toast = page.locator('.el-notification__closeBtn');
		if (await toast.isVisible()) await toast.click();
	};

	test('the quality of a number is one field away, and its item shows health', async () => {
		await open({ resource: 'phoneNumber', operation: 'get' });
		await execute();
		const output = byTestId('output-panel');
		for (const text of ['qualityRating', 'GREEN', 'canSendMessages', 'AVAILABLE']) {
			await output.getByText(text).first().waitFor();
		}
		await screenshot(page, 'number-quality');
	});

	test('a profile is changed field by field', async () => {
		await open({
			resource: 'phoneNumber',
			operation: 'updateProfile',
			updateFields: {
				about: 'Succulents and cacti since 1987',
				vertical: 'RETAIL',
				websites: 'https://luckyshrub.example',
			},
		});
		const panel = byTestId('node-parameters');
		for (const label of ['Phone Number', 'About', 'Industry', 'Websites']) {
			await panel.getByText(label, { exact: true }).first().waitFor();
		}
		await execute();
		await byTestId('output-panel').getByText('updated').first().waitFor();
		await screenshot(page, 'profile-panel');
	});

	test('the list of business accounts has the one of the credential', async () => {
		await open({ resource: 'account', operation: 'get' });
		await page.getByPlaceholder("Credential's business account").click();
		await page.getByText('Lucky Shrub (200000000000001)').first().waitFor();
		await screenshot(page, 'business-accounts');
	});

	test.each([
		[
			'api-request',
			{
				resource: 'account',
				operation: 'apiRequest',
				path: '{businessAccount}/phone_numbers',
				split: true,
			},
		],
		[
			'settings-panel',
			{
				resource: 'phoneNumber',
				operation: 'updateSettings',
				settings: { calling: 'ENABLED', storageRegion: 'DE', identityCheck: true },
			},
		],
		[
			'components-panel',
			{
				resource: 'phoneNumber',
				operation: 'updateConversationalComponents',
				iceBreakers: { iceBreaker: [{ text: 'When are you open?' }] },
				commands: { command: [{ name: 'order', description: 'Order a plant' }] },
			},
		],
		['block-panel', { resource: 'contact', operation: 'block', contacts: '+15550200001' }],
		[
			'message-links-panel',
			{ resource: 'messageLink', operation: 'create', prefilledMessage: 'Hello' },
		],
		['analytics-panel', { resource: 'account', operation: 'getAnalytics', about: 'calls' }],
		[
			'add-number-panel',
			{
				resource: 'phoneNumber',
				operation: 'add',
				newNumber: '+49 30 901820',
				displayName: 'Kakteen Berlin',
			},
		],
	])('%s has no issue', async (name, parameters) => {
		await open(parameters);
		await byTestId('node-credentials-select').waitFor();
		expect(await byTestId('node-parameters').locator('.has-issues').count()).toBe(0);
		await screenshot(page, name);
	});
});
