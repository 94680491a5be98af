import type { Browser } from 'playwright-core';
import { CREDENTIAL_NAME, CREDENTIAL_TYPE } from '../../scripts/host/autoresponder.ts';
import { launchBrowser, openEditor, screenshot } from './browser';
import { readExample } from './examples';
import { e2eHost, ownerApi } from './host';

const { n8nUrl, credentialId } = e2eHost();

describe('the panel of Ask and Wait', () => {
	let browser: Browser;

	beforeAll(async () => {
		browser = await launchBrowser();
	});
	afterAll(async () => await browser.close());

	test.each([
		['approval-by-buttons', 'Ask for Approval', 'ask-approval', ['Approve Button', 'Deny Button']],
		['address-step-by-step', 'Ask for the Address', 'ask-form', ['Form Type', 'Questions']],
	])('%s', async (example, name, picture, labels) => {
		const definition = await readExample(example);
		const nodes = definition.nodes.map((node) =>
			node.name === name
				? {
						...node,
						credentials: { [CREDENTIAL_TYPE]: { id: credentialId, name: CREDENTIAL_NAME } },
					}
				: node,
		);
		const { id } = await (await ownerApi()).createWorkflow({ ...definition, nodes });
		const page = await openEditor(browser);
		await page.goto(`${n8nUrl}/workflow/${id}`);
		const node = page.locator(`[data-test-id=canvas-node][data-node-name="${name}"]`);
		await node.getByText('Timed Out', { exact: true }).waitFor();
		await screenshot(page, `${picture}-workflow`);
		await node.dblclick();
		await page.locator('[data-test-id=node-parameters]').waitFor();
		for (const label of ['Recipients', 'Message', 'Response Type', ...labels]) {
			await page.getByText(label, { exact: true }).first().waitFor();
		}
		await screenshot(page, picture);
	});
});
