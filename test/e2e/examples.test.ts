import type { Locator, Page } from 'playwright-core';
import type { N8nApi, N8nNode, N8nWorkflow } from '../../scripts/host/n8n-api.ts';
import { until } from '../until';
import { screenshot } from './browser';
import { exampleNames, importExample, readExample } from './examples';
import { useEditor } from './editorPage';
import { e2eHost, ownerApi } from './host';

const { n8nUrl } = e2eHost();

let api: N8nApi;
let page: Page;

useEditor((opened) => (page = opened));
beforeAll(async () => {
	api = await ownerApi();
});

/** Nodes that the editor marks. */
const marked = (): Locator =>
	page
		.locator('[data-test-id=canvas-node]')
		.filter({ has: page.locator('[data-test-id=node-issues]') });

const isOurs = ({ type }: N8nNode): boolean => type.startsWith('n8n-nodes-whatsapp-cloud.');

/** The marked nodes of this package; a model may lack a credential of its own. */
async function markedOurs({ nodes }: N8nWorkflow): Promise<string[]> {
	const all = await marked().all();
	const names = await Promise.all(
		all.map(async (each) => await each.getAttribute('data-node-name')),
	);
	return nodes
		.filter(isOurs)
		.map(({ name }) => name)
		.filter((name) => names.includes(name));
}

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
	test('says what is missing where there is no credential', async () => {
		const workflow = await api.createWorkflow(await readExample(name));
		await open(workflow);
		const ours = workflow.nodes.filter(isOurs).map((node) => node.name);
		await until('all are marked', async () => (await markedOurs(workflow)).length === ours.length);
		const first = page.locator(`[data-test-id=canvas-node][data-node-name="${ours[0] ?? ''}"]`);
		await first.locator('[data-test-id=node-issues]').hover();
		await page
			.getByText(/Credentials for .*WhatsApp Cloud.* are not set/)
			.first()
			.waitFor();
	});

	test('opens without a mark where there is one, and shows itself', async () => {
		const workflow = await importExample(api, name);
		await open(workflow);
		// The marks come some time after the nodes, once the editor has loaded the credentials.
		await page.waitForLoadState('networkidle');
		await screenshot(page, `examples/${name}`);
		expect(await markedOurs(workflow)).toEqual([]);
	});
});
