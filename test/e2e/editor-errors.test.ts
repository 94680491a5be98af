import type { Page } from 'playwright-core';
import { CREDENTIAL_TYPE, TRIGGER_TYPE } from '../../scripts/host/autoresponder.ts';
import type { N8nApi } from '../../scripts/host/n8n-api.ts';
import { testCredentialData } from '../../scripts/host/test-account.ts';
import { screenshot } from './browser';
import { openPanel, useEditor } from './editorPage';
import { e2eHost, ownerApi } from './host';
import { manualWorkflow } from './manual-workflow';

/** Nobody that other tests write to. */
const stranger = '15550203041';

/** What a person reads where something is wrong. */
describe('mistakes, as the editor shows them', () => {
	const { n8nUrl, simulatorUrl } = e2eHost();
	let api: N8nApi;
	let page: Page;

	useEditor((opened) => (page = opened));
	beforeAll(async () => {
		api = await ownerApi();
	});

	const byTestId = (id: string) => page.locator(`[data-test-id="${id}"]`);

	test('a message outside of the 24-hour window names the way out', async () => {
		await fetch(`${simulatorUrl}/_simulator/faults`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', connection: 'close' },
			body: JSON.stringify({
				kind: 'error',
				code: 131047,
				count: 1,
				match: { recipient: stranger },
			}),
		});
		const parameters = { recipient: `+${stranger}`, text: 'Your parcel has arrived.' };
		const workflow = manualWorkflow('A mistake', { name: 'WhatsApp', parameters });
		const { id } = await api.createWorkflow(workflow);
		await openPanel(page, id, 'WhatsApp');
		await byTestId('node-execute-button').first().click();
		const output = byTestId('output-panel');
		await output
			.getByText('More than 24 hours have passed since this person last wrote (131047) [item 0]')
			.first()
			.waitFor();
		await output.getByText('Send an approved template instead').first().waitFor();
		await output.locator('details summary').first().click();
		await output.getByText("Trace for Meta's support").first().waitFor();
		await screenshot(page, 'error-window');
	});

	test('a wrong app secret is named when the trigger is published', async () => {
		const credential = await api.saveCredential('Wrong secret', CREDENTIAL_TYPE, {
			...testCredentialData(simulatorUrl),
			appSecret: 'not-the-secret-of-this-app',
		});
		const { id } = await api.createWorkflow({
			name: 'A mistake',
			nodes: [
				{
					id: 'whatsapp',
					name: 'WhatsApp',
					type: TRIGGER_TYPE,
					typeVersion: 2,
					position: [224, 0],
					parameters: { events: ['message'] },
					credentials: { [CREDENTIAL_TYPE]: { id: credential.id, name: credential.name } },
				},
			],
			connections: {},
			settings: { executionOrder: 'v1' },
		});
		await page.goto(`${n8nUrl}/workflow/${id}`);
		await page.locator('[data-test-id=canvas-node][data-node-name="WhatsApp"]').waitFor();
		await byTestId('workflow-open-publish-modal-button').click();
		await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
		const notice = page.locator('.el-notification').first();
		await notice.waitFor();
		await screenshot(page, 'error-secret-published');
		const text = await notice.innerText();
		expect(text).toContain('App Secret in the credential is not the secret of the app');
		expect(text).toContain('Copy it from App settings');
		await openPanel(page, id, 'WhatsApp');
		await page.getByPlaceholder('Open to see where webhooks are delivered').click();
		await page.getByText('App Secret in the credential is not').first().waitFor();
		await screenshot(page, 'error-secret-list');
	});
});
