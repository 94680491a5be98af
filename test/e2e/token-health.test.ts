import type { Page } from 'playwright-core';
import { executionError, nodeRuns } from '../../scripts/host/execution-data.ts';
import type { N8nApi, N8nWorkflow } from '../../scripts/host/n8n-api.ts';
import { testAccount } from '../../scripts/host/test-account.ts';
import { AlertReceiver } from './alert-receiver';
import { screenshot } from './browser';
import { importExample } from './examples';
import { useEditor } from './editorPage';
import { e2eHost, ownerApi } from './host';

describe('the example that checks the tokens every morning', () => {
	const { n8nUrl, simulatorUrl } = e2eHost();
	const alerts = new AlertReceiver();
	let api: N8nApi;
	let workflow: N8nWorkflow;
	let page: Page;

	const standby = async (expiresAt: number): Promise<void> => {
		const tokens = { [testAccount.standbyAccessToken]: { expiresAt } };
		await fetch(`${simulatorUrl}/_simulator/account`, {
			method: 'PATCH',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ tokens }),
		});
	};

	/** Runs the workflow as the schedule does, and returns what was checked. */
	async function morning(): Promise<Record<string, unknown>> {
		const executionId = await api.run(workflow.id, 'Every Morning');
		const { data = '' } = await api.finishedExecution(executionId, 120_000);
		expect(executionError(data)).toBeNull();
		return nodeRuns(data)['Check Tokens']?.[0]?.outputs[0]?.[0]?.json ?? {};
	}

	useEditor((opened) => (page = opened));
	beforeAll(async () => {
		await alerts.start();
		api = await ownerApi();
		workflow = await importExample(api, 'token-health', { Alert: { url: alerts.url } });
	});
	afterAll(async () => {
		await standby(0);
		await alerts.stop();
	});

	test('keeps quiet while both tokens work', async () => {
		expect(await morning()).toMatchObject({ ok: true, verdict: 'ok', problem: null });
		expect(alerts.texts).toEqual([]);
	});

	test('alerts while the standby token is about to expire, with the way out', async () => {
		await standby(Math.floor(Date.now() / 1000) + 3.5 * 86_400);
		expect(await morning()).toMatchObject({ ok: false, verdict: 'warning' });
		expect(alerts.texts).toEqual([
			expect.stringMatching(
				/^WhatsApp: Standby token, expiry: It expires in 3 days, .*\n• standby token, expiry: It expires in 3 days, on .*Token › Refresh.* https:\/\/business\.facebook\.com\//,
			),
		]);
	});

	test('shows its verdicts in the editor', async () => {
		await page.goto(`${n8nUrl}/workflow/${workflow.id}`);
		const node = page.locator('[data-test-id=canvas-node][data-node-name="Check Tokens"]');
		await node.waitFor();
		await screenshot(page, 'token-health-workflow');
		await node.dblclick();
		await page.locator('[data-test-id=ndv]').waitFor();
		await page.getByText('Required Permissions').waitFor();
		expect(await page.getByText('Active and Standby').count()).toBeGreaterThan(0);
		await screenshot(page, 'token-health-panel');
	});
});
