import type { Page } from 'playwright-core';
import { CREDENTIAL_NAME, CREDENTIAL_TYPE } from '../../../scripts/host/autoresponder.ts';
import type { N8nApi, N8nNode } from '../../../scripts/host/n8n-api.ts';
import { useEditor } from '../editorPage';
import { e2eHost, ownerApi } from '../host';
import { builtIn, ours, senderName, type Effort, type Job } from './clickJobs';
import { Hand } from './hand';

describe('what a job takes by hand', () => {
	const { n8nUrl, credentialId } = e2eHost();
	let api: N8nApi;
	let page: Page;

	const byTestId = (id: string) => page.locator(`[data-test-id="${id}"]`);
	const issues = async () => await byTestId('parameter-issues').count();

	/** Opens a workflow with one node for each job, as the node creator leaves them. */
	async function openWorkflow(
		jobs: Job[],
		node: Required<Pick<N8nNode, 'type' | 'typeVersion' | 'credentials'>>,
	): Promise<void> {
		const { id } = await api.createWorkflow({
			name: 'By hand',
			nodes: jobs.map(({ name, operation }, index) => ({
				...node,
				id: `node-${index}`,
				name,
				position: [224 * index, 0],
				parameters: { resource: 'message', operation },
			})),
			connections: {},
		});
		await page.goto(`${n8nUrl}/workflow/${id}`);
	}

	/** Does a job in its node's panel; returns what it took, and how many inputs the editor marks. */
	async function take({ name, steps }: Job): Promise<Effort & { issues: number }> {
		await page.locator(`[data-test-id=canvas-node][data-node-name="${name}"]`).dblclick();
		const hand = new Hand(page);
		await hand.panel.waitFor();
		await steps(hand);
		const { clicks, fields } = hand;
		const effort = { clicks, fields, issues: await issues() };
		await byTestId('ndv-close-button').click();
		await byTestId('ndv').waitFor({ state: 'hidden' });
		return effort;
	}

	/** The fields of a new credential of this type, and how many of them are required. */
	async function credentialFields(type: string): Promise<{ fields: number; required: number }> {
		const { id } = await api.saveCredential(`New ${type}`, type, {});
		await page.goto(`${n8nUrl}/home/credentials/${id}`);
		const modal = byTestId('editCredential-modal');
		const field = modal.locator('[data-test-id=credential-connection-parameter]').filter({
			has: page.locator('[data-test-id^=parameter-input-]'),
		});
		await field.first().waitFor();
		const labels = (await field.allInnerTexts())
			.map((text) => text.split('\n')[0]?.trim() ?? '')
			// n8n adds it to each credential.
			.filter((label) => label !== 'Allowed HTTP Request Domains');
		return {
			fields: labels.length,
			required: labels.filter((label) => label.endsWith('*')).length,
		};
	}

	useEditor((opened) => (page = opened));
	beforeAll(async () => {
		api = await ownerApi();
	});

	describe('with the node of this package', () => {
		beforeAll(async () => {
			await openWorkflow(ours, {
				type: 'n8n-nodes-whatsapp-cloud.whatsAppCloud',
				typeVersion: 1,
				credentials: { [CREDENTIAL_TYPE]: { id: credentialId, name: CREDENTIAL_NAME } },
			});
		});

		test.each(ours)('$name', async (job) => {
			expect(await take(job)).toEqual({ ...job.takes, issues: 0 });
		});
	});

	describe('with the built-in node', () => {
		beforeAll(async () => {
			const type = 'whatsAppApi';
			const { id, name } = await api.saveCredential('Built-in', type, {
				accessToken: 'token',
				businessAccountId: '1',
			});
			// It would ask Meta itself for the senders.
			await page.route('**/rest/dynamic-node-parameters/options', async (route) => {
				await route.fulfill({ json: { data: [{ name: senderName, value: '1' }] } });
			});
			await openWorkflow(builtIn, {
				type: 'n8n-nodes-base.whatsApp',
				typeVersion: 1.1,
				credentials: { [type]: { id, name } },
			});
		});

		test.each(builtIn)('$name', async (job) => {
			expect(await take(job)).toEqual({ ...job.takes, issues: 0 });
		});
	});

	test.each([
		{ type: CREDENTIAL_TYPE, has: { fields: 8, required: 1 } },
		{ type: 'whatsAppApi', has: { fields: 2, required: 2 } },
	])('a new credential of the type $type', async ({ type, has }) => {
		expect(await credentialFields(type)).toEqual(has);
	});
});
