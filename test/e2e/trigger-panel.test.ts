import type { Locator, Page } from 'playwright-core';
import {
	CREDENTIAL_NAME,
	CREDENTIAL_TYPE,
	TRIGGER_TYPE,
} from '../../scripts/host/autoresponder.ts';
import type { N8nNode } from '../../scripts/host/n8n-api.ts';
import { screenshot } from './browser';
import { useEditor } from './editorPage';
import { e2eHost, ownerApi } from './host';

const { n8nUrl, credentialId } = e2eHost();
const triggerName = 'WhatsApp Cloud Trigger';

/** Its pictures are those of docs/trigger.md. */
describe('the panel of the trigger', () => {
	let page: Page;

	useEditor((opened) => (page = opened), 1_400);

	const byTestId = (id: string): Locator => page.locator(`[data-test-id="${id}"]`);
	const canvasNode = (name: string): Locator =>
		page.locator(`[data-test-id=canvas-node][data-node-name="${name}"]`);

	/** Opens a new workflow with a trigger that has these parameters, and a node behind it. */
	async function openWorkflow(parameters: N8nNode['parameters']): Promise<void> {
		const { id } = await (
			await ownerApi()
		).createWorkflow({
			name: 'The panel of the trigger',
			nodes: [
				{
					id: 'trigger',
					name: triggerName,
					type: TRIGGER_TYPE,
					typeVersion: 2,
					position: [0, 0],
					parameters,
					credentials: { [CREDENTIAL_TYPE]: { id: credentialId, name: CREDENTIAL_NAME } },
				},
				{
					id: 'next',
					name: 'Answer',
					type: 'n8n-nodes-base.noOp',
					typeVersion: 1,
					position: [320, 0],
					parameters: {},
				},
			],
			connections: { [triggerName]: { main: [[{ node: 'Answer', type: 'main', index: 0 }]] } },
		});
		await page.goto(`${n8nUrl}/workflow/${id}`);
		await canvasNode(triggerName).waitFor();
	}

	/** Opens the panel; without the mouse on it, it shows no buttons. */
	async function openPanel(parameters: N8nNode['parameters']): Promise<Locator> {
		await openWorkflow(parameters);
		await canvasNode(triggerName).dblclick();
		const panel = byTestId('node-parameters');
		await panel.waitFor();
		await page.mouse.move(0, 0);
		return panel;
	}

	/** Keeps a picture of the panel, from its top to below the last of its fields. */
	async function picture(panel: Locator, name: string, bottom: Locator): Promise<void> {
		const [box, last] = await Promise.all([panel.boundingBox(), bottom.boundingBox()]);
		if (box === null || last === null) throw new Error('The panel is not shown.');
		const height = last.y + last.height + 12 - box.y;
		await screenshot(page, name, { ...box, x: box.x, height });
	}

	test('a new one asks for nothing but the credential', async () => {
		const panel = await openPanel({ events: ['message'] });
		for (const label of ['Registration', 'Events', 'Message Types', 'Output Format']) {
			await panel.getByText(label, { exact: true }).first().waitFor();
		}
		expect(await byTestId('parameter-issues').count()).toBe(0);
		await picture(panel, 'trigger-panel', byTestId('parameter-input-registered'));
	});

	test('has options such as hours', async () => {
		const panel = await openPanel({
			registration: 'phoneNumber',
			events: ['message', 'status'],
			settings: {
				downloadMedia: true,
				hours: { inside: { weekdays: [1, 2, 3], timeZone: 'Europe/Berlin' } },
			},
		});
		for (const label of ['Phone Number', 'Statuses', 'Inside These Hours', 'Download Media']) {
			await panel.getByText(label, { exact: true }).first().waitFor();
		}
		expect(await byTestId('parameter-issues').count()).toBe(0);
		await picture(panel, 'trigger-options', byTestId('parameter-input-timeZone'));
	});

	test('lists where webhooks are delivered, in sentences that name workflows', async () => {
		const panel = await openPanel({ events: ['message'] });
		await panel.getByPlaceholder('Open to see where webhooks are delivered').click();
		const entries = byTestId('rlc-item');
		await entries.filter({ hasText: 'The business account delivers to' }).first().waitFor();
		const text = (await entries.allInnerTexts()).join(' ').replaceAll(/\s+/g, ' ');
		expect(text).toContain('in workflow "WhatsApp autoresponder"');
		expect(text).toContain('What to do: Set WEBHOOK_URL of n8n');
		// The list scrolls.
		await picture(panel, 'trigger-registered', entries.nth(8));
	});

	test('splits its outputs', async () => {
		await openWorkflow({ events: ['message', 'status'], settings: { splitOutputs: true } });
		for (const name of ['Messages', 'Statuses', 'Other']) {
			await page.getByText(name, { exact: true }).first().waitFor();
		}
		const [from, to] = await Promise.all(
			[triggerName, 'Answer'].map(async (name) => await canvasNode(name).boundingBox()),
		);
		if (!from || !to) throw new Error('The canvas does not show both nodes.');
		const margin = 60;
		await screenshot(page, 'trigger-outputs', {
			x: from.x - margin,
			y: from.y - margin,
			width: to.x + to.width + 2 * margin - from.x,
			height: from.height + 2.4 * margin,
		});
	});
});
