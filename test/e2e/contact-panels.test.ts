import type { Locator, Page } from 'playwright-core';
import {
	CREDENTIAL_NAME,
	CREDENTIAL_TYPE,
	TRIGGER_TYPE,
} from '../../scripts/host/autoresponder.ts';
import type { N8nApi } from '../../scripts/host/n8n-api.ts';
import { screenshot } from './browser';
import { openPanel, useEditor } from './editorPage';
import { e2eHost, ownerApi } from './host';

const ACTION_TYPE = 'n8n-nodes-whatsapp-cloud.whatsAppCloud';

describe('the panels about contacts', () => {
	const { credentialId } = e2eHost();
	let page: Page;
	let api: N8nApi;

	useEditor((opened) => (page = opened), 2_000);
	beforeAll(async () => {
		api = await ownerApi();
	});

	/** Opens the panel of a workflow's only node. */
	async function openAlone(node: {
		name: string;
		type: string;
		typeVersion: number;
		parameters: Record<string, unknown>;
	}): Promise<Locator> {
		const { id } = await api.createWorkflow({
			name: `Rules: ${node.name}`,
			nodes: [
				{
					id: 'node',
					position: [0, 0],
					credentials: { [CREDENTIAL_TYPE]: { id: credentialId, name: CREDENTIAL_NAME } },
					...node,
				},
			],
			connections: {},
		});
		return await openPanel(page, id, node.name);
	}

	/** For after the screenshot: n8n may mark fields after it has drawn them. */
	const expectNoIssues = async (): Promise<void> => {
		expect(await page.locator('[data-test-id="parameter-issues"]').count()).toBe(0);
	};

	test('the panel shows the rules, and the fields that belong to a choice', async () => {
		const panel = await openAlone({
			name: 'Send',
			type: ACTION_TYPE,
			typeVersion: 1,
			parameters: {
				resource: 'message',
				operation: 'sendText',
				recipient: '+15550109902',
				text: 'Your order is ready.',
				contactRules: {
					ifClosed: 'template',
					template: { __rl: true, mode: 'name', value: 'order_shipped:en_US' },
					marketingConsent: 'optedIn',
					cap: { cap: { messages: 2, period: 7, unit: 'days', appliesTo: 'marketing' } },
					quietHours: {
						hours: {
							...{ from: '21:00', to: '08:00', days: [], timeZone: '' },
							appliesTo: 'marketing',
						},
					},
					keepForResume: true,
				},
			},
		});
		await panel.getByText('Contact Rules').first().waitFor();
		for (const label of [
			'If the Window Is Closed',
			'Marketing Consent',
			'Quiet Hours',
			'Template',
		]) {
			await panel.getByText(label, { exact: true }).first().waitFor();
		}
		await screenshot(page, 'contact-rules');
		await expectNoIssues();
	});

	test('the panel of the trigger shows what it does about consent and takeovers', async () => {
		await page.setViewportSize({ width: 1440, height: 1500 });
		const panel = await openAlone({
			name: 'WhatsApp Cloud Trigger',
			type: TRIGGER_TYPE,
			typeVersion: 2,
			parameters: {
				registration: 'phoneNumber',
				events: ['message'],
				settings: {
					optOutWords: 'stop, unsubscribe, abmelden, baja',
					optOutConfirmation: 'You will get no more offers. Write START to change that.',
					pauseMinutes: 60,
					whenTakenOver: 'route',
					forwards: {
						address: [{ url: 'https://chat.example.com/webhooks/whatsapp', events: [] }],
					},
				},
			},
		});
		for (const label of [
			'Opt-Out Words',
			'Opt-Out Confirmation',
			'Pause After a Person Answers',
			'When a Person Has Taken Over',
			'Forward Webhooks To',
		]) {
			await panel.getByText(label, { exact: true }).first().waitFor();
		}
		await screenshot(page, 'contact-options');
		await expectNoIssues();
	});

	test('the panel of an import shows where the rows come from', async () => {
		await page.setViewportSize({ width: 1440, height: 1000 });
		const panel = await openAlone({
			name: 'Import Consent',
			type: ACTION_TYPE,
			typeVersion: 1,
			parameters: {
				resource: 'contact',
				operation: 'importConsent',
				rowsFrom: 'file',
				meaning: 'optedOut',
				source: 'Old newsletter tool, 2026-11-26',
			},
		});
		for (const label of ['Rows From', 'Input Data Field Name', 'Consent', 'Category', 'Source']) {
			await panel.getByText(label, { exact: true }).first().waitFor();
		}
		await screenshot(page, 'contact-import');
		await expectNoIssues();
	});
});
