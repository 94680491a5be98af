/**
 * Opens every panel of the nodes in n8n's editor, in light and in dark, and takes a picture of it:
 * every operation, every type of message, the trigger and the memory. `npm run test:e2e` leaves it
 * out, since somebody has to look at the pictures.
 *
 * `node scripts/bootstrap.mjs test/e2e/by-hand/lookAtPanels.ts [--only GROUP,…] [--full]` starts an
 * n8n and a simulator of its own, and leaves the pictures, and sheets of them, in
 * screenshots/panels. A group is a stored name of a resource, or "others". With --full, every option
 * is added and every list has a row.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { INodeTypeDescription } from 'n8n-workflow';
import type { Page } from 'playwright-core';
import { CREDENTIAL_NAME, CREDENTIAL_TYPE } from '../../../scripts/host/autoresponder.ts';
import type { N8nApi, N8nCredential } from '../../../scripts/host/n8n-api.ts';
import { testCredentialData } from '../../../scripts/host/test-account.ts';
import { launchBrowser, openPage, signIn } from '../chromium.ts';
import { contactSheets, pictureOf, type Shot } from './contactSheet.ts';
import { projectFolder, withOwnHost } from './ownHost.ts';
import { filledIn, panelsOf, type Panel } from './panels.ts';

const { values: options } = parseArgs({
	options: { only: { type: 'string' }, full: { type: 'boolean', default: false } },
});
const themes = ['light', 'dark'] as const;
const folder = join(projectFolder, 'screenshots', 'panels', options.full ? 'full' : 'empty');
await mkdir(folder, { recursive: true });

/** Long panels fit, so that a picture shows all of it. */
const viewport = { width: 1440, height: 2400 };
const settleMs = 500;
const nodesPerRow = 8;

/** Where the last field ends, run in the page; below it, n8n asks for wishes at the bottom. */
const contentBottom = `Math.max(
	...[...document.querySelectorAll('[data-test-id=node-parameters] *')]
		.filter((each) => each.matches('label, input, textarea, button, .notice, .cm-editor'))
		.filter((each) => !each.textContent.includes('I wish'))
		.map((each) => each.getBoundingClientRect().bottom))`;

/** Panels by group. */
async function groupsOf(api: N8nApi): Promise<Map<string, Panel[]>> {
	const types = await api.request<INodeTypeDescription[]>('GET', '/types/nodes.json');
	const panels = types
		// n8n adds a tool of each node that an agent can use.
		.filter(({ name }) => /^n8n-nodes-whatsapp-cloud\..*(?<!Tool)$/.test(name))
		.flatMap((type) =>
			panelsOf(type).map((panel) => (options.full ? filledIn(panel, type) : panel)),
		);
	const wanted = options.only?.split(',');
	const groups = [...new Set(panels.map(({ group }) => group))].filter(
		(group) => wanted?.includes(group) ?? true,
	);
	return new Map(groups.map((name) => [name, panels.filter(({ group }) => group === name)]));
}

/** A workflow with a node for each panel. @returns its ID */
async function buildWorkflow(
	api: N8nApi,
	panels: readonly Panel[],
	credential: N8nCredential,
): Promise<string> {
	const nodes = panels.map(({ name, type, typeVersion, parameters }, index) => ({
		id: `node-${String(index)}`,
		name,
		type,
		typeVersion,
		position: [(index % nodesPerRow) * 400, Math.floor(index / nodesPerRow) * 200] as [
			number,
			number,
		],
		parameters,
		credentials: { [CREDENTIAL_TYPE]: { id: credential.id, name: credential.name } },
	}));
	const workflow = { name: 'Panels', nodes, connections: {}, settings: { executionOrder: 'v1' } };
	return (await api.createWorkflow(workflow)).id;
}

async function shoot(page: Page, name: string): Promise<Record<(typeof themes)[number], Shot>> {
	const node = page.locator(`[data-test-id=canvas-node][data-node-name=${JSON.stringify(name)}]`);
	await node.dblclick();
	const parameters = page.locator('[data-test-id=node-parameters]');
	await parameters.waitFor();
	// Lists and notices come from the simulator.
	await page.waitForLoadState('networkidle');
	await page.waitForTimeout(settleMs);
	const taken = [];
	for (const theme of themes) {
		await page.emulateMedia({ colorScheme: theme });
		await page.waitForTimeout(settleMs / 2);
		const file = pictureOf(join(folder, theme), name);
		const panel = await parameters.boundingBox();
		if (panel === null) throw new Error(`The panel of ${name} is gone.`);
		const height = (await page.evaluate<number>(contentBottom)) - panel.y + 80;
		const clip = { x: panel.x - 4, y: panel.y - 60, width: panel.width + 8, height };
		await page.screenshot({ path: file, animations: 'disabled', clip });
		taken.push([theme, { file, width: clip.width, height }] as const);
	}
	await page.locator('[data-test-id="ndv-close-button"]').click();
	await page.locator('[data-test-id="ndv"]').waitFor({ state: 'hidden' });
	return Object.fromEntries(taken) as Record<(typeof themes)[number], Shot>;
}

await withOwnHost(async ({ n8nUrl, simulatorUrl, owner, api }) => {
	const data = testCredentialData(simulatorUrl);
	const credential = await api.saveCredential(CREDENTIAL_NAME, CREDENTIAL_TYPE, data);
	const browser = await launchBrowser();
	const page = await signIn(browser, n8nUrl, owner);
	await page.setViewportSize(viewport);
	const table = await openPage(browser, viewport);
	for (const [group, panels] of await groupsOf(api)) {
		await page.goto(`${n8nUrl}/workflow/${await buildWorkflow(api, panels, credential)}`);
		await page
			.locator('[data-test-id=canvas-node]')
			.nth(panels.length - 1)
			.waitFor();
		const shots = [];
		for (const { name } of panels) shots.push(await shoot(page, name));
		for (const theme of themes) {
			const ofTheme = shots.map((each) => each[theme]);
			await contactSheets(table, ofTheme, join(folder, `${theme}-${group}`));
		}
		console.log(`${group}: ${String(panels.length)} panels`);
	}
	await browser.close();
});
process.exit();
