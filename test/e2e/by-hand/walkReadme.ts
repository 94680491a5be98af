/**
 * From zero to an approval in the chat, as somebody goes who has the README alone: a fresh clone,
 * `npm start`, the login that it prints, the example from the README's table, and a tap in the chat
 * page. `npm run test:e2e` leaves it out.
 *
 * `node scripts/bootstrap.mjs test/e2e/by-hand/walkReadme.ts [--empty-cache]` prints how long each
 * step took and how many clicks and fields, and leaves a picture of each in screenshots/walk. With
 * --empty-cache, `npm start` downloads n8n, too.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { hostFolder } from '../../../scripts/host/cache-folder.ts';
import { launchBrowser, openPage } from '../chromium.ts';
import { Hand } from './hand.ts';

const projectFolder = resolve(import.meta.dirname, '../../..');
const pictures = join(projectFolder, 'screenshots', 'walk');
const { values: options } = parseArgs({
	options: { 'empty-cache': { type: 'boolean', default: false } },
});

const folder = await mkdtemp(join(tmpdir(), 'whatsapp-cloud-walk-'));
const clone = join(folder, 'n8n-nodes-whatsapp-cloud');
await mkdir(pictures, { recursive: true });

let since = performance.now();
/** Says how long the step took that has just ended. */
function tell(step: string): void {
	const now = performance.now();
	console.log(`${((now - since) / 1_000).toFixed(0).padStart(4)} s  ${step}`);
	since = now;
}

/** What `npm start` prints where it says where to click. */
interface Printed {
	chat: string;
	n8n: string;
	login: string;
	password: string;
}

const labels = {
	chat: 'Chat as a customer',
	n8n: 'n8n',
	login: 'Login',
	password: 'Password',
} as const;

/** Waits for the last lines of `npm start`. */
async function addresses(started: ChildProcess): Promise<Printed> {
	const found: Partial<Printed> = {};
	if (started.stdout === null) throw new Error('npm start has no output.');
	for await (const line of createInterface({ input: started.stdout })) {
		console.log(`      | ${line}`);
		for (const [name, label] of Object.entries(labels)) {
			const text = line.trim();
			if (text.startsWith(`${label}  `)) {
				found[name as keyof Printed] = text.slice(label.length).trim();
			}
		}
		if (line.includes('Stop with Ctrl-C')) return found as Printed;
	}
	throw new Error('npm start has ended.');
}

async function walk(page: Page, chat: Page, printed: Printed): Promise<Hand> {
	const hand = new Hand(page);
	const byTestId = (id: string) => page.locator(`[data-test-id="${id}"]`);
	const picture = async (of: Page, name: string): Promise<void> => {
		await of.screenshot({ path: join(pictures, `${name}.png`) });
	};
	await page.goto(printed.n8n);
	await page.locator('input[type=email]').fill(printed.login);
	await page.locator('input[type=password]').fill(printed.password);
	hand.fields += 2;
	await hand.click(page.getByRole('button', { name: 'Sign in' }));
	await page.locator('[data-test-id=canvas-node]').first().waitFor();
	await page.waitForTimeout(1_500);
	await picture(page, '1-signed-in');
	await chat.goto(printed.chat);
	await chat.getByRole('heading', { name: 'Chats' }).waitFor();
	await chat.waitForTimeout(800);
	await picture(chat, '2-chat');
	tell('signed in, and the chat page open beside it');

	await hand.click(byTestId('universal-add'));
	await hand.click(byTestId('navigation-menu-item').filter({ hasText: 'New workflow' }));
	await byTestId('canvas-plus-button').waitFor();
	await hand.click(byTestId('workflow-menu'));
	await picture(page, '3-menu');
	await hand.click(page.getByText('Import', { exact: true }).first());
	const choosing = page.waitForEvent('filechooser');
	await hand.click(page.getByText('From file', { exact: false }).first());
	await (await choosing).setFiles(join(clone, 'examples', 'approval-by-buttons.json'));
	await page.locator('[data-test-id=canvas-node][data-node-name="Order"]').waitFor();
	await page.waitForTimeout(1_500);
	await picture(page, '4-imported');
	tell('the example imported');

	await hand.click(byTestId('execute-workflow-button').first());
	const asked = chat.getByTestId('conversation').first();
	await asked.getByText('may it go out?').waitFor();
	await picture(page, '5-waiting');
	await picture(chat, '6-asked');
	tell('the question is in the chat page');

	const tapping = new Hand(chat);
	await tapping.click(asked);
	await tapping.click(chat.getByRole('button', { name: 'Approve' }));
	await chat.getByText('Thank you, noted.').first().waitFor();
	await picture(chat, '7-approved');
	const shipped = page.locator('[data-test-id=canvas-node][data-node-name="Ship It"]');
	await shipped.locator('[data-test-id=canvas-node-status-success]').waitFor();
	await picture(page, '8-gone-on');
	tell('approved, and the execution has gone on');
	hand.clicks += tapping.clicks;
	return hand;
}

/** A cache of the walk's own, so that n8n begins anew: with the n8n that is installed, or empty. */
const cache = join(folder, 'cache');
if (!options['empty-cache']) {
	const installed = await hostFolder(projectFolder);
	const link = join(cache, basename(dirname(installed)), basename(installed));
	await mkdir(dirname(link), { recursive: true });
	await symlink(installed, link);
}
const env = { ...process.env, XDG_CACHE_HOME: cache };
const cloned = spawnSync('git', ['clone', '--quiet', projectFolder, clone], { stdio: 'inherit' });
if (cloned.status !== 0) throw new Error('git could not clone the project.');
tell('cloned');
const started = spawn('npm', ['start'], { cwd: clone, env, stdio: ['ignore', 'pipe', 'inherit'] });
try {
	const printed = await addresses(started);
	tell('npm start is ready');
	const browser = await launchBrowser();
	const page = await openPage(browser, { width: 1440, height: 900 });
	const chat = await openPage(browser, { width: 1180, height: 760 });
	const { clicks, fields } = await walk(page, chat, printed);
	console.log(`${String(clicks)} clicks, ${String(fields)} fields`);
	await browser.close();
} finally {
	const ended = once(started, 'exit');
	if (started.exitCode === null && started.kill('SIGTERM')) await ended;
	await rm(folder, { recursive: true, force: true });
}
process.exit();
