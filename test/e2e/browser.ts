import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openPage } from './chromium';
import { e2eHost, projectFolder } from './host';

export { launchBrowser, openPage } from './chromium';

/** The pictures of the README and of pages in docs/, by the name of the screenshot. */
const DOCUMENTED = [
	'api-request',
	'ask-approval',
	'ask-by-template',
	'ask-chat',
	'chat',
	'chat-phone',
	'human-review',
	'contact-import',
	'contact-options',
	'contact-rules',
	'node-panel',
	'number-quality',
	'profile-panel',
	'report',
	'template-form',
	'template-report',
	'template-sent',
	'trigger-options',
	'trigger-outputs',
	'trigger-panel',
	'trigger-registered',
];

/** How the names of the examples' pictures begin, which are all documented. */
const ofExamples = 'examples/';

/** A page signed in to n8n, which shows nothing yet. */
export async function openEditor(
	browser: Browser,
	n8nUrl: string = e2eHost().n8nUrl,
): Promise<Page> {
	const page = await openPage(browser, { width: 1440, height: 900 });
	const { email, password } = e2eHost().owner;
	const data = { emailOrLdapLoginId: email, password };
	const answer = await page.context().request.post(`${n8nUrl}/rest/login`, { data });
	if (!answer.ok()) throw new Error(`n8n refused to sign in: ${await answer.text()}`);
	return page;
}

/** Opens a person's conversation in the chat page, however many others have messages since. */
export async function openConversation(page: Page, name: string): Promise<void> {
	const search = page.getByRole('searchbox', { name: 'Search conversations' });
	await search.fill(name);
	await page.getByTestId('conversation').filter({ hasText: name }).click();
	await search.fill('');
}

/** In CSS pixels. */
interface Clip {
	x: number;
	y: number;
	width: number;
	height: number;
}

/**
 * Keeps a picture in screenshots/, which git ignores. With UPDATE_DOC_IMAGES=1, it also writes the
 * README's pictures to docs/images/.
 *
 * @param clip the part of the page, if not all of it
 */
export async function screenshot(page: Page, name: string, clip?: Clip): Promise<void> {
	const folders = [join(projectFolder, 'screenshots')];
	const isDocumented = DOCUMENTED.includes(name) || name.startsWith(ofExamples);
	if (process.env['UPDATE_DOC_IMAGES'] === '1' && isDocumented) {
		folders.push(join(projectFolder, 'docs', 'images'));
	}
	for (const folder of folders) {
		const path = join(folder, `${name}.png`);
		await mkdir(dirname(path), { recursive: true });
		await page.screenshot({
			path,
			animations: 'disabled',
			...(clip === undefined ? {} : { clip }),
		});
	}
}
