import type { Page } from 'playwright-core';
import {
	CREDENTIAL_NAME,
	CREDENTIAL_TYPE,
	TRIGGER_TYPE,
} from '../../scripts/host/autoresponder.ts';
import type { N8nApi, N8nNode, N8nWorkflow } from '../../scripts/host/n8n-api.ts';
import { testCredentialData } from '../../scripts/host/test-account.ts';
import { screenshot } from './browser';
import { useEditor } from './editorPage';
import { e2eHost, ownerApi } from './host';

/** Nobody that other tests write to. */
const stranger = '15550203041';

/** What a person reads where something is wrong. */
describe('mistakes, as the editor shows them', () => {
	const { n8nUrl, simulatorUrl, credentialId } = e2eHost();
	let api: N8nApi;
	let page: Page;

	useEditor((opened) => (page = opened));
	beforeAll(async () => {
		api = await ownerApi();
	});

	const byTestId = (id: string) => page.locator(`[data-test-id="${id}"]`);

	/** Opens a workflow of one node, behind one to click if it is no trigger. */
	async function open(
		type: string,
		parameters: N8nNode['parameters'],
		credential: { id: string; name: string },
	): Promise<N8nWorkflow> {
		const node = {
			id: 'whatsapp',
			name: 'WhatsApp',
			type,
			typeVersion: type === TRIGGER_TYPE ? 2 : 1,
			position: [224, 0] as [number, number],
			parameters,
			credentials: { [CREDENTIAL_TYPE]: { id: credential.id, name: credential.name } },
		};
		const start = {
			id: 'start',
			name: 'Start',
			type: 'n8n-nodes-base.manualTrigger',
			typeVersion: 1,
			position: [0, 0] as [number, number],
			parameters: {},
		};
		const workflow = await api.createWorkflow({
			name: 'A mistake',
			nodes: type === TRIGGER_TYPE ? [node] : [start, node],
			connections:
				type === TRIGGER_TYPE
					? {}
					: { Start: { main: [[{ node: 'WhatsApp', type: 'main', index: 0 }]] } },
			settings: { executionOrder: 'v1' },
		});
		await page.goto(`${n8nUrl}/workflow/${workflow.id}`);
		await page.locator('[data-test-id=canvas-node][data-node-name="WhatsApp"]').waitFor();
		return workflow;
	}

	const openPanel = async (): Promise<void> => {
		await page.locator('[data-test-id=canvas-node][data-node-name="WhatsApp"]').dblclick();
		await byTestId('node-parameters').waitFor();
	};

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
		await open(
			'n8n-nodes-whatsapp-cloud.whatsAppCloud',
			{ recipient: `+${stranger}`, text: 'Your parcel has arrived.' },
			{ id: credentialId, name: CREDENTIAL_NAME },
		);
		await openPanel();
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
		await open(TRIGGER_TYPE, { events: ['message'] }, credential);
		await byTestId('workflow-open-publish-modal-button').click();
		await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
		const notice = page.locator('.el-notification').first();
		await notice.waitFor();
		await screenshot(page, 'error-secret-published');
		const text = await notice.innerText();
		expect(text).toContain('App Secret in the credential is not the secret of the app');
		expect(text).toContain('Copy it from App settings');
		await page.goto(page.url());
		await openPanel();
		await page.getByPlaceholder('Open to see where webhooks are delivered').click();
		await page.getByText('App Secret in the credential is not').first().waitFor();
		await screenshot(page, 'error-secret-list');
	});
});
