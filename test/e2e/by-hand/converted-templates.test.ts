import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { convert } from '../../../converter/convert';
import type { Workflow } from '../../../converter/workflow/workflow';
import { CREDENTIAL_NAME, CREDENTIAL_TYPE } from '../../../scripts/host/autoresponder.ts';
import type { N8nApi, N8nWorkflowDefinition } from '../../../scripts/host/n8n-api.ts';
import { samplesFolder } from '../../samples';
import { node, workflow } from '../../unit/converter/oldWorkflow';
import { launchBrowser, openEditor } from '../browser';
import { e2eHost, ownerApi, projectFolder } from '../host';

/** A page load for each workflow. */
const allMs = 1_500_000;

/** Opening all of them takes minutes, so only some are, unless ALL_TEMPLATES is 1. */
const isChosen = (_: string, index: number): boolean =>
	process.env['ALL_TEMPLATES'] === '1' || index % 12 === 0;

/** Workflows of n8n's public store, not part of this repository, and one of our own. */
const folder = join(samplesFolder(projectFolder), '../templates');
const files = existsSync(folder)
	? readdirSync(folder).filter((file) => file.endsWith('.json'))
	: [];
if (files.length === 0) {
	process.stderr.write(`NOT CHECKED: workflows of n8n's public store. ${folder} is not there.\n`);
}
const trigger = node('Trigger', 'whatsAppTrigger', { updates: ['messages'], options: {} });
const answer = node('Answer', 'whatsApp', {
	operation: 'send',
	phoneNumberId: '={{ $json.metadata.phone_number_id }}',
	recipientPhoneNumber: '={{ $json.messages[0].from }}',
	textBody: 'Thank you!',
	additionalFields: {},
});
const workflows = new Map([
	['bot', JSON.stringify(workflow([trigger, answer], [['Trigger', 'Answer']]))],
	...files
		.filter(isChosen)
		.map((file) => [file, readFileSync(join(folder, file), 'utf8')] as const),
]);

const isOurs = (type: string): boolean => type.startsWith('n8n-nodes-whatsapp-cloud.');

/** The converted workflow, with the credential that its user has picked. */
function moved(name: string, text: string, credentialId: string): N8nWorkflowDefinition {
	const converted = JSON.parse(convert(text).text) as Workflow;
	const nodes = converted.nodes.map((each) => {
		const { credentials = {} } = each as { credentials?: Record<string, unknown> };
		if (!isOurs(each.type) && !(CREDENTIAL_TYPE in credentials)) return each;
		const picked = { id: credentialId, name: CREDENTIAL_NAME };
		return { ...each, credentials: { ...credentials, [CREDENTIAL_TYPE]: picked } };
	});
	return { ...converted, name: `Moved ${name}`, nodes } as unknown as N8nWorkflowDefinition;
}

describe('converted workflows, in the editor', () => {
	const { n8nUrl, credentialId } = e2eHost();
	let api: N8nApi;
	let browser: Browser;
	let page: Page;

	beforeAll(async () => {
		api = await ownerApi();
		browser = await launchBrowser();
		page = await openEditor(browser);
		await page.setViewportSize({ width: 1800, height: 1200 });
	});
	afterAll(async () => await browser.close());

	const drawn = (name: string): Locator =>
		page.locator(`[data-test-id=canvas-node][data-node-name=${JSON.stringify(name)}]`);

	/** Why the editor marks a node, or null. */
	async function issuesOf(name: string): Promise<string | null> {
		const mark = drawn(name).locator('[data-test-id=node-issues]');
		if ((await mark.count()) === 0) return null;
		await mark.first().hover({ force: true });
		const tip = page.locator('[role=tooltip]').last();
		await tip.waitFor();
		return await tip.innerText();
	}

	test(
		'none of their nodes of this package is red',
		async () => {
			const red: string[] = [];
			let ours = 0;
			let others = 0;
			for (const [file, text] of workflows) {
				const { id, nodes } = await api.createWorkflow(moved(file, text, credentialId));
				await page.goto(`${n8nUrl}/workflow/${id}`);
				await page
					.locator('[data-test-id=canvas-node]')
					.nth(nodes.filter((n) => !n.type.endsWith('stickyNote')).length - 1)
					.waitFor();
				for (const { name, type } of nodes) {
					if (!isOurs(type)) {
						others += await drawn(name).locator('[data-test-id=node-issues]').count();
						continue;
					}
					ours++;
					const issues = await issuesOf(name);
					if (issues !== null) red.push(`${file} ${name}: ${issues}`);
				}
			}
			process.stderr.write(
				`${workflows.size} workflows, ${ours} nodes of this package, ${red.length} of them red; ` +
					`${others} nodes of others are red, which need an account or a value\n`,
			);
			expect(red).toEqual([]);
		},
		allMs,
	);
});
