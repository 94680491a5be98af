/**
 * Three jobs built in n8n's editor from nothing, as somebody does who is new to the package: each
 * workflow begins with an empty canvas, the first one makes the credential, too, and each is seen
 * at work on the simulator's phones. `npm run test:e2e` leaves it out.
 *
 * `node scripts/bootstrap.mjs test/e2e/by-hand/buildJobs.ts` starts an n8n and a simulator of its
 * own, prints what each job took, and leaves pictures in screenshots/by-hand. It ends with 1 if one
 * of them failed.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { launchBrowser, signIn } from '../chromium.ts';
import { Desk } from './desk.ts';
import { projectFolder, withOwnHost } from './ownHost.ts';
import { Phone } from './phone.ts';
import { wholeJobs } from './wholeJobs.ts';

const pictures = join(projectFolder, 'screenshots', 'by-hand');
await mkdir(pictures, { recursive: true });

await withOwnHost(async ({ n8nUrl, simulatorUrl, owner }) => {
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
});
process.exit();
