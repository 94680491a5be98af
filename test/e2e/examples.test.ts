import type { Browser, Locator, Page } from 'playwright-core';
import { CREDENTIAL_NAME, CREDENTIAL_TYPE } from '../../scripts/host/autoresponder.ts';
import type { N8nApi, N8nWorkflow } from '../../scripts/host/n8n-api.ts';
import { launchBrowser, openEditor, screenshot } from './browser';
import { exampleNames, importExample } from './examples';
import { e2eHost, ownerApi } from './host';

const { n8nUrl } = e2eHost();

let api: N8nApi;
let browser: Browser;
let page: Page;

beforeAll(async () => {
	api = await ownerApi();
	browser = await launchBrowser();
	page = await openEditor(browser);
});
afterAll(async () => await browser.close());

/** Nodes of this package that the editor marks. */
const marked = (): Locator =>
	page
		.locator('[data-test-id=canvas-node]')
		.filter({ has: page.locator('[data-test-id=node-issues]') });

/** Opens a workflow, and waits for its nodes; the editor has notes beside them. */
async function open({ id, nodes }: N8nWorkflow): Promise<void> {
	const count = nodes.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote').length;
	await page.goto(`${n8nUrl}/workflow/${id}`);
	await page
		.locator('[data-test-id=canvas-node]')
		.nth(count - 1)
		.waitFor();
}

describe.each(exampleNames())('the example %s', (name) => {
	test('opens as it is, and shows itself', async () => {
		const workflow = await importExample(api, name);
		await open(workflow);
		const needing = workflow.nodes.filter(({ credentials = {} }) =>
			Object.values(credentials).some((credential) => credential.id === null),
		);
		expect(await marked().count()).toBe(needing.length);
		await screenshot(page, `examples/${name}`);
	});

	test('says what is missing where there is no credential', async () => {
		const nobodys = { id: 'gone', name: 'Of nobody', type: CREDENTIAL_TYPE };
		const workflow = await importExample(api, name, {}, { credentials: [nobodys] });
		await open(workflow);
		const ours = workflow.nodes.filter(({ credentials }) => credentials?.[CREDENTIAL_TYPE] !== undefined);
		await marked()
			.nth(ours.length - 1)
			.waitFor();
		await marked().first().locator('[data-test-id=node-issues]').hover();
		await page.getByText(`Credentials for '${CREDENTIAL_NAME}' are not set.`).first().waitFor();
	});
});
