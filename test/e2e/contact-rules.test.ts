import type { Browser, Locator, Page } from 'playwright-core';
import {
	CREDENTIAL_NAME,
	CREDENTIAL_TYPE,
	TRIGGER_TYPE,
} from '../../scripts/host/autoresponder.ts';
import { ChatClient } from '../../scripts/host/chat-client.ts';
import { nodeRuns } from '../../scripts/host/execution-data.ts';
import type { N8nApi, N8nWorkflow } from '../../scripts/host/n8n-api.ts';
import { testAccount } from '../../scripts/host/test-account.ts';
import { until } from '../until';
import { launchBrowser, openEditor, screenshot } from './browser';
import { e2eHost, ownerApi } from './host';

const { phoneNumberId } = testAccount;

/** People whom no other test writes to. */
const bea = { waId: '15550109901', name: 'Bea' };
const cleo = { waId: '15550109902', name: 'Cleo' };

describe('rules for contacts in a real n8n', () => {
	const { simulatorUrl, credentialId, n8nUrl } = e2eHost();
	let api: N8nApi;

	beforeAll(async () => {
		api = await ownerApi();
		for (const { waId, name } of [bea, cleo]) {
			await administer('POST', '/chat/customers', { waId, name });
		}
	});

	async function administer(method: string, path: string, body?: unknown): Promise<void> {
		const response = await fetch(`${simulatorUrl}/_simulator${path}`, {
			method,
			...(body === undefined
				? {}
				: { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
		});
		expect(response.ok).toBe(true);
	}

	const sender = async (
		name: string,
		recipient: string,
		contactRules: Record<string, unknown>,
	): Promise<N8nWorkflow> =>
		await api.createWorkflow({
			name,
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
					id: 'send',
					name: 'Send',
					type: 'n8n-nodes-whatsapp-cloud.whatsAppCloud',
					typeVersion: 1,
					position: [224, 0],
					onError: 'continueRegularOutput',
					parameters: {
						resource: 'message',
						operation: 'sendText',
						recipient: `+${recipient}`,
						text: 'Your order is ready.',
						contactRules,
					},
					credentials: { [CREDENTIAL_TYPE]: { id: credentialId, name: CREDENTIAL_NAME } },
				},
			],
			connections: { Start: { main: [[{ node: 'Send', type: 'main', index: 0 }]] } },
		});

	/** The item of one more execution. */
	async function send({ id }: N8nWorkflow): Promise<Record<string, unknown>> {
		const executionId = await api.run(id, 'Start');
		const { data = '' } = await api.finishedExecution(executionId, 60_000);
		const [item] = (nodeRuns(data)['Send'] ?? []).flatMap(({ outputs }) => outputs[0] ?? []);
		return item?.json ?? {};
	}

	test('what Meta refused is not tried again until the person writes', async () => {
		const workflow = await sender('Rules: window', bea.waId, {});
		await administer('POST', '/faults', {
			kind: 'error',
			code: 131047,
			count: 1,
			match: { recipient: bea.waId },
		});
		expect(await send(workflow)).toMatchObject({ outcome: 'failed', error: { code: 131047 } });
		expect(await send(workflow)).toMatchObject({
			outcome: 'blocked',
			blocked: { rule: 'window', reason: expect.stringContaining('24-hour window is closed') },
		});
		const chat = new ChatClient(simulatorUrl);
		await chat.type(phoneNumberId, bea.waId, 'Is it ready?');
		// The trigger of the autoresponder records what arrives.
		await until('the message went', async () => (await send(workflow))['outcome'] === 'sent');
	});

	test('a cap holds from one execution to the next', async () => {
		const workflow = await sender('Rules: cap', cleo.waId, {
			ifClosed: 'try',
			cap: { cap: { messages: 1, period: 1, unit: 'days', appliesTo: 'all' } },
		});
		expect(await send(workflow)).toMatchObject({ outcome: 'sent' });
		expect(await send(workflow)).toMatchObject({
			outcome: 'blocked',
			blocked: { rule: 'cap', until: expect.stringMatching(/^\d{4}-/) },
		});
	});

	describe('in the editor', () => {
		let browser: Browser;
		let page: Page;

		beforeAll(async () => {
			browser = await launchBrowser();
			page = await openEditor(browser);
			await page.setViewportSize({ width: 1440, height: 2000 });
		});
		afterAll(async () => await browser.close());

		test('the panel shows the rules, and the fields that belong to a choice', async () => {
			const { id } = await sender('Rules: panel', cleo.waId, {
				ifClosed: 'template',
				template: { __rl: true, mode: 'name', value: 'order_shipped:en_US' },
				marketingConsent: 'optedIn',
				cap: { cap: { messages: 2, period: 7, unit: 'days', appliesTo: 'marketing' } },
				quietHours: {
					hours: { from: '21:00', to: '08:00', days: [], timeZone: '', appliesTo: 'marketing' },
				},
				keepForResume: true,
			});
			await page.goto(`${n8nUrl}/workflow/${id}`);
			await page.locator('[data-test-id=canvas-node][data-node-name="Send"]').dblclick();
			const panel = page.locator('[data-test-id="node-parameters"]');
			await panel.getByText('Contact Rules').first().waitFor();
			for (const label of [
				'If the Window Is Closed',
				'Marketing Consent',
				'Quiet Hours',
				'Template',
			]) {
				await panel.getByText(label, { exact: true }).first().waitFor();
			}
			expect(await page.locator('[data-test-id="parameter-issues"]').count()).toBe(0);
			await screenshot(page, 'contact-rules');
		});

		/** Opens the panel of a workflow's only node. */
		async function openPanel(node: {
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
			await page.goto(`${n8nUrl}/workflow/${id}`);
			await page.locator(`[data-test-id=canvas-node][data-node-name="${node.name}"]`).dblclick();
			return page.locator('[data-test-id="node-parameters"]');
		}

		test('the panel of the trigger shows what it does about consent and takeovers', async () => {
			await page.setViewportSize({ width: 1440, height: 1500 });
			const panel = await openPanel({
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
			expect(await page.locator('[data-test-id="parameter-issues"]').count()).toBe(0);
			await screenshot(page, 'contact-options');
		});

		test('the panel of an import shows where the rows come from', async () => {
			await page.setViewportSize({ width: 1440, height: 1000 });
			const panel = await openPanel({
				name: 'Import Consent',
				type: 'n8n-nodes-whatsapp-cloud.whatsAppCloud',
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
		});
	});
});
