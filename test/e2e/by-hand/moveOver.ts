/**
 * The public template that is seen most among the samples, moved over as docs/moving-over.md says it,
 * by somebody who has it at work with n8n's own nodes: converted by the command of the tarball and on
 * the simulator's page, given a credential, imported in the editor, published, and seen to answer.
 * Its language model is a stand-in. `npm run test:e2e` leaves it out.
 *
 * `node scripts/bootstrap.mjs test/e2e/by-hand/moveOver.ts` starts an n8n and a simulator of its own,
 * prints what each step took, and leaves pictures in screenshots/by-hand. `TEMPLATE` names another
 * workflow. It ends with 1 if a step failed, and says NOT CHECKED where the samples are not at hand.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { runCommand } from '../../../scripts/host/command.ts';
import type { N8nApi } from '../../../scripts/host/n8n-api.ts';
import { testAccount } from '../../../scripts/host/test-account.ts';
import { samplesFolder } from '../../samples.ts';
import { launchBrowser, openPage, signIn } from '../chromium.ts';
import { until } from '../../until.ts';
import { startModel } from '../model.ts';
import { Desk } from './desk.ts';
import { projectFolder, withOwnHost, type OwnHost } from './ownHost.ts';
import { Phone } from './phone.ts';

const template =
	process.env['TEMPLATE'] ?? join(samplesFolder(projectFolder), '../templates/3586.json');
const ben = '15550200002';

if (!existsSync(template)) {
	process.stderr.write(`NOT CHECKED: moving over. ${template} is not there.\n`);
	process.exit();
}

interface OldWorkflow {
	name: string;
	nodes: { type: string; credentials?: object }[];
}

/** The accounts that a workflow at work names, by types of nodes; only the model's is still there. */
const accounts = async (api: N8nApi, url: string): Promise<[RegExp, object][]> => {
	const { id, name } = await api.saveCredential('My model', 'openAiApi', { apiKey: 'none', url });
	return [
		[/openai$/i, { openAiApi: { id, name } }],
		[/\.whatsApp$/, { whatsAppApi: { id: 'gone', name: 'WhatsApp account' } }],
		[/\.whatsAppTrigger$/, { whatsAppTriggerApi: { id: 'gone', name: 'WhatsApp OAuth account' } }],
		[/\.httpRequest$/, { httpHeaderAuth: { id: 'gone', name: 'Header Auth account' } }],
	];
};

const pictures = join(projectFolder, 'screenshots', 'by-hand');
await mkdir(pictures, { recursive: true });
let lastAt = performance.now();

/** Runs one step of the page, and prints how long it took. */
async function step<T>(name: string, take: () => Promise<T>): Promise<T> {
	const result = await take();
	const now = performance.now();
	console.log(`${name}: ${Math.round((now - lastAt) / 1_000)} s`);
	lastAt = now;
	return result;
}

/** Imports a file by the editor's menu. */
async function importFile(page: Page, n8nUrl: string, file: string): Promise<void> {
	await page.goto(`${n8nUrl}/workflow/new`);
	await page.locator('[data-test-id=canvas-plus-button]').waitFor();
	await page.locator('[data-test-id=workflow-menu]').click();
	await page.getByText('Import', { exact: true }).hover();
	const chosen = page.waitForEvent('filechooser');
	await page.getByText('From file', { exact: false }).click();
	await (await chosen).setFiles(file);
	await page.locator('[data-test-id=canvas-node]').first().waitFor();
}

/** Whether the app leads to n8n, some time after the editor has said that it is published. */
async function hasCallback(simulatorUrl: string): Promise<boolean> {
	const { graphVersion, appId, appSecret } = testAccount;
	const url = `${simulatorUrl}/${graphVersion}/${appId}/subscriptions`;
	const headers = { authorization: `Bearer ${appId}|${appSecret}` };
	const { data = [] } = (await (await fetch(url, { headers })).json()) as { data?: unknown[] };
	return data.length > 0;
}

/** The nodes that the editor marks, with the reasons that it gives. */
async function marked(page: Page): Promise<string[]> {
	const found: string[] = [];
	for (const node of await page.locator('[data-test-id=canvas-node]').all()) {
		const mark = node.locator('[data-test-id=node-issues]');
		if ((await mark.count()) === 0) continue;
		await mark.first().hover({ force: true });
		const tip = page.locator('[role=tooltip]').last();
		await tip.waitFor();
		const name = await node.getAttribute('data-node-name');
		found.push(`${name ?? ''}: ${(await tip.innerText()).replaceAll(/\s+/g, ' ')}`);
	}
	return found;
}

/** Goes the way of the page, from the file to the answer in the chat. */
async function moveOver(
	{ n8nUrl, simulatorUrl, api, tarball, folder }: OwnHost,
	modelUrl: string,
	browser: Browser,
	page: Page,
): Promise<void> {
	const old = JSON.parse(await readFile(template, 'utf8')) as OldWorkflow;
	const named = await accounts(api, modelUrl);
	const nodes = old.nodes.map((node) => {
		const credentials = named.find(([type]) => type.test(node.type))?.[1];
		return credentials === undefined ? node : { ...node, credentials };
	});
	const [input, output, report] = ['old.json', 'converted.json', 'report.txt'].map((name) =>
		join(folder, name),
	) as [string, string, string];
	await writeFile(input, JSON.stringify({ ...old, nodes }));
	const startedAt = performance.now();
	lastAt = startedAt;

	await step('the command', async () => {
		const command = ['--yes', '--package', tarball, 'n8n-nodes-whatsapp-cloud', input];
		const options = ['--default-sender', '--output', output, '--report', report];
		await runCommand('npx', [...command, ...options], { cwd: folder });
	});
	console.log(await readFile(report, 'utf8'));

	const byPage = await step('the page', async () => {
		const converter = await openPage(browser, { width: 1280, height: 900 });
		await converter.goto(`${simulatorUrl}/convert`);
		await converter.getByTestId('default-sender').check();
		await converter.locator('input[type=file]').setInputFiles(input);
		const result = converter.getByTestId('new-workflow');
		await converter.getByText('To do', { exact: true }).waitFor();
		await converter.screenshot({ path: join(pictures, 'move-page.png') });
		return await result.inputValue();
	});
	if (byPage !== (await readFile(output, 'utf8'))) throw new Error('Page and command differ.');

	const desk = new Desk(page, n8nUrl);
	const phone = await Phone.open(simulatorUrl);
	await step('the credential', async () => {
		const name = /with the name "([^"]*)"/.exec(await readFile(report, 'utf8'))?.[1] ?? '';
		const { accessToken, phoneNumberId, businessAccountId, appId, appSecret } = testAccount;
		const values = { accessToken, phoneNumberId, businessAccountId, appId, appSecret };
		await desk.createCredentialNamed(name, { ...values, graphBaseUrl: simulatorUrl });
		await page.screenshot({ path: join(pictures, 'move-credential.png') });
	});

	await step('the import', async () => await importFile(page, n8nUrl, output));
	console.log('Marked after the import:', await marked(page));
	await page.screenshot({ path: join(pictures, 'move-import.png') });

	await step('publishing', async () => {
		await desk.publish();
		await until('the app has a callback', async () => await hasCallback(simulatorUrl));
	});

	await step('the answer', async () => {
		await phone.write(ben, 'Hello! When are you open?');
		await phone.next(ben, 'text', 'Done.');
	});
	const seconds = Math.round((performance.now() - startedAt) / 1_000);
	console.log(`All: ${seconds} s, ${desk.hand.clicks} clicks, ${desk.hand.fields} fields`);
	await page.screenshot({ path: join(pictures, 'move-done.png') });
}

await withOwnHost(async (host) => {
	const model = await startModel(() => []);
	const browser = await launchBrowser();
	const page = await signIn(browser, host.n8nUrl, host.owner);
	try {
		await moveOver(host, model.url, browser, page);
	} catch (error) {
		console.log(error);
		await page.screenshot({ path: join(pictures, 'move-failed.png') });
		process.exitCode = 1;
	} finally {
		model.close();
		await browser.close();
	}
});
process.exit();
