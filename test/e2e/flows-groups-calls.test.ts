import type { Page } from 'playwright-core';
import { flowWithMistake } from '../fixtures/flowJson';
import { screenshot } from './browser';
import { openPanel, useEditor } from './editorPage';
import { ownerApi } from './host';
import { manualWorkflow } from './manual-workflow';

describe('Flows, groups and calls in the editor', () => {
	let page: Page;

	useEditor((opened) => (page = opened));

	const byTestId = (id: string) => page.locator(`[data-test-id="${id}"]`);

	/** Opens the panel of a node with these parameters. */
	async function open(parameters: Record<string, unknown>): Promise<void> {
		const workflow = manualWorkflow('An account from the panel', { name: 'WhatsApp', parameters });
		const { id } = await (await ownerApi()).createWorkflow(workflow);
		await openPanel(page, id, 'WhatsApp');
	}

	async function execute(): Promise<void> {
		await byTestId('node-execute-button').first().click();
		const toast = page.locator('.el-notification__closeBtn').first();
		await toast.waitFor({ timeout: 10_000 }).catch(() => undefined);
		if (await toast.isVisible()) await toast.click();
	}

	const output = () => byTestId('output-panel');

	test('Flow JSON with mistakes: the error names line and column', async () => {
		await open({
			resource: 'flow',
			operation: 'create',
			name: 'sizes',
			flowJson: flowWithMistake(),
		});
		await page.getByText('Flow JSON From').waitFor();
		await execute();
		await output().getByText('line 10, column 11').first().waitFor();
		await output().getByText('line 12, column 13').first().waitFor();
		await screenshot(page, 'flow-error');
	});

	test('a Flow is picked from the list, and comes with its preview link', async () => {
		await open({ resource: 'flow', operation: 'get' });
		await page.getByPlaceholder('Choose a Flow').click();
		await page.getByText('appointment_booking').first().click();
		await execute();
		await output().getByText('previewUrl').first().waitFor();
		await output().getByText('PUBLISHED').first().waitFor();
		await screenshot(page, 'flow-get');
	});

	test('a group is picked from the list, and comes with its people', async () => {
		await open({ resource: 'group', operation: 'get' });
		await page.getByPlaceholder('Choose a group').click();
		await page.getByText('Plant lovers').first().click();
		await execute();
		await output().getByText('15550200001').first().waitFor();
		await screenshot(page, 'group-get');
	});

	test('call settings are changed field by field', async () => {
		await open({
			resource: 'call',
			operation: 'updateSettings',
			updateFields: { countries: 'US' },
		});
		await page.getByText('Icon in Countries').waitFor();
		await execute();
		await output().getByText('success').first().waitFor();
		await screenshot(page, 'call-settings');
	});

	test('the health of tokens: each check with its verdict', async () => {
		await open({ resource: 'token', operation: 'checkHealth' });
		await execute();
		await output().getByText('checks').first().waitFor();
		await screenshot(page, 'token-health-items');
	});
});
