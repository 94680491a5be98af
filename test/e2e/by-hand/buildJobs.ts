/**
 * Three jobs built in n8n's editor from nothing, as somebody does who is new to the package: each
 * workflow begins with an empty canvas, the first one makes the credential, too, and each is seen
 * at work on the simulator's phones. `npm run test:e2e` leaves it out.
 *
 * `node scripts/bootstrap.mjs test/e2e/by-hand/buildJobs.ts` starts an n8n and a simulator of its
 * own, prints what each job took, and leaves pictures in screenshots/by-hand. It ends with 1 if one
 * of them failed.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { ChildProcess } from '../../../scripts/host/child-process.ts';
import { installPackage, packPackage } from '../../../scripts/host/community-package.ts';
import { ensureHost } from '../../../scripts/host/install.ts';
import { N8nApi } from '../../../scripts/host/n8n-api.ts';
import { startN8n } from '../../../scripts/host/n8n-process.ts';
import { createProgress } from '../../../scripts/host/progress.ts';
import { startSimulator } from '../../../scripts/host/simulator-process.ts';
import { launchBrowser, signIn } from '../chromium.ts';
import { Desk } from './desk.ts';
import { Phone } from './phone.ts';
import { wholeJobs } from './wholeJobs.ts';

const projectFolder = resolve(import.meta.dirname, '../../..');
const owner = {
	email: 'owner@example.com',
	firstName: 'New',
	lastName: 'Owner',
	password: 'Only-4-tests',
};

const folder = await mkdtemp(join(tmpdir(), 'whatsapp-cloud-by-hand-'));
const pictures = join(projectFolder, 'screenshots', 'by-hand');
await mkdir(pictures, { recursive: true });
const children: ChildProcess[] = [];
const onStart = (child: ChildProcess): void => void children.push(child);

/** @returns the addresses of an n8n with the package and an owner, and of a simulator */
async function startBoth(): Promise<{ n8nUrl: string; simulatorUrl: string }> {
	const hostFolder = await ensureHost(projectFolder, createProgress(process.stderr));
	await installPackage(await packPackage(projectFolder, join(folder, 'package')), folder);
	const logFile = join(folder, 'simulator.log');
	const simulator = await startSimulator({ projectFolder, logFile, onStart });
	const n8n = await startN8n({ projectFolder, hostFolder, userFolder: folder, onStart });
	await new N8nApi(n8n.baseUrl).signIn(owner);
	return { n8nUrl: n8n.baseUrl, simulatorUrl: simulator.baseUrl };
}

try {
	const { n8nUrl, simulatorUrl } = await startBoth();
	const browser = await launchBrowser();
	const page = await signIn(browser, n8nUrl, owner);
	for (const [index, { name, build }] of wholeJobs.entries()) {
		const desk = new Desk(page, n8nUrl);
		const phone = await Phone.open(simulatorUrl);
		const startedAt = performance.now();
		let outcome = 'done';
		try {
			await desk.newWorkflow();
			await build({ desk, phone, simulatorUrl });
		} catch (error) {
			outcome = String(error);
			process.exitCode = 1;
		}
		const seconds = Math.round((performance.now() - startedAt) / 1_000);
		const { clicks, fields } = desk.hand;
		console.log(`${name}: ${clicks} clicks, ${fields} fields, ${seconds} s here; ${outcome}`);
		await page.screenshot({ path: join(pictures, `${index + 1}.png`) });
	}
	await browser.close();
} finally {
	await Promise.all(children.map(async (child) => await child.stop()));
	await rm(folder, { recursive: true, force: true });
}
process.exit();
