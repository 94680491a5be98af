import { nodeRuns } from '../../scripts/host/execution-data.ts';
import type { N8nApi, N8nWorkflow } from '../../scripts/host/n8n-api.ts';
import { present } from '../present';
import { until } from '../until';
import { launchBrowser, openEditor, screenshot } from './browser';
import { importExample, readExample } from './examples';
import { e2eHost, ownerApi } from './host';

interface Accepted {
	id: string;
	recipient: string;
	status: string;
	body: { template?: { name: string; language: { code: string } } };
}

describe('the example of a campaign to a sheet of 1,000', () => {
	const { simulatorUrl } = e2eHost();
	let api: N8nApi;
	/** What other tests have sent with the same template. */
	const earlier = new Set<string>();

	beforeAll(async () => {
		api = await ownerApi();
		for (const { id } of await accepted()) earlier.add(id);
		// n8n needs a tenth of a second for each webhook, whatever the trigger makes of it.
		await administer('POST', '/faults', {
			id: noStatuses,
			kind: 'webhookDrop',
			match: { event: 'status' },
		});
	});
	afterAll(async () => await administer('DELETE', `/faults/${noStatuses}`));

	const noStatuses = 'campaign-statuses';

	async function administer(method: string, path: string, body?: unknown): Promise<void> {
		const response = await fetch(`${simulatorUrl}/_simulator${path}`, {
			method,
			...(body === undefined
				? {}
				: { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
		});
		expect(response.ok).toBe(true);
	}

	/** Imports the example with other settings in its node Campaign. */
	async function campaign(settings: Record<string, unknown>): Promise<N8nWorkflow> {
		const { nodes } = await readExample('campaign');
		const { parameters } = present(nodes.find(({ name }) => name === 'Campaign'));
		const { assignments } = parameters['assignments'] as {
			assignments: { name: string; value: unknown }[];
		};
		return await importExample(api, 'campaign', {
			Campaign: {
				assignments: {
					assignments: assignments.map((each) => ({
						...each,
						value: settings[each.name] ?? each.value,
					})),
				},
			},
		});
	}

	/** The items of a node's only run, by node. */
	async function execute(settings: Record<string, unknown>) {
		const { id } = await campaign(settings);
		const executionId = await api.run(id, "When Clicking 'Execute Workflow'");
		const { data = '' } = await api.finishedExecution(executionId, 240_000);
		const runs = nodeRuns(data);
		return (name: string) => (runs[name] ?? []).flatMap(({ outputs }) => outputs[0] ?? []);
	}

	async function accepted(): Promise<Accepted[]> {
		const response = await fetch(`${simulatorUrl}/_simulator/messages?limit=10000`);
		const { data } = (await response.json()) as { data: Accepted[] };
		return data.filter(({ id, body }) => body.template?.name === 'spring_sale' && !earlier.has(id));
	}

	test('first says what it would cost and shows every message, and sends none', async () => {
		const itemsOf = await execute({});
		expect(itemsOf('Estimate the Cost').map(({ json }) => json)).toEqual([
			expect.objectContaining({
				messages: 1_000,
				lowestCost: 88.85,
				highestCost: 88.85,
				currency: 'USD',
				unpriced: 0,
				unreadable: 0,
			}),
		]);
		const previews = itemsOf('Preview').map(({ json }) => json);
		expect(previews).toHaveLength(1_000);
		const texts = previews.map(({ template }) => (template as { text: string }).text);
		// Nobody has British English; American English suits them best.
		expect(texts[0]).toBe('Hi Ana, spring has come to London: all pots are 20% off.');
		expect(texts[501]).toBe('Hallo Ben, in Berlin ist Frühling: alle Töpfe 20 % billiger.');
		expect(texts[999]).toBe('Hi Jonas, spring has come to New York: all pots are 20% off.');
		expect(itemsOf('Send')).toEqual([]);
		expect(await accepted()).toEqual([]);
	});

	test('stops if it is too expensive', async () => {
		const itemsOf = await execute({ budget: 50, send: true });
		expect(itemsOf('Preview')).toEqual([]);
		expect(itemsOf('Send')).toEqual([]);
		expect(await accepted()).toEqual([]);
	});

	test('then sends to everybody once, in waves and their language, and all is delivered', async () => {
		const itemsOf = await execute({ send: true, wave: 400, pause: 0.01 });
		const outcomes = itemsOf('Send').map(({ json }) => json['outcome']);
		expect(outcomes).toEqual(Array(1_000).fill('sent'));
		expect(itemsOf('Report')).toHaveLength(1);

		const messages = await accepted();
		expect(messages).toHaveLength(1_000);
		expect(new Set(messages.map(({ recipient }) => recipient)).size).toBe(1_000);
		const inGerman = messages.filter(({ body }) => body.template?.language.code === 'de');
		expect(inGerman).toHaveLength(400);
		expect(inGerman.every(({ recipient }) => recipient.startsWith('49'))).toBe(true);
		await until(
			'all are delivered',
			async () =>
				(await accepted()).every(({ status }) => ['delivered', 'read'].includes(status)) ||
				undefined,
		);
	});

	test('explains itself in the editor', async () => {
		const { id } = await campaign({});
		const browser = await launchBrowser();
		try {
			const page = await openEditor(browser);
			await page.goto(`${e2eHost().n8nUrl}/workflow/${id}`);
			const node = page.locator('[data-test-id=canvas-node][data-node-name="Estimate the Cost"]');
			await node.waitFor();
			expect(await page.locator('[data-test-id=node-issues]').count()).toBe(0);
			await screenshot(page, 'campaign');
			await node.dblclick();
			await page
				.locator('[data-test-id=node-parameters]')
				.getByText('Rate Card', { exact: true })
				.waitFor();
			await screenshot(page, 'cost-estimate');
		} finally {
			await browser.close();
		}
	});
});
