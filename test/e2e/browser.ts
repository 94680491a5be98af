import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { e2eHost, projectFolder } from './host';

/** n8n's editor is a large page, and continuous integration is slow. */
const TIMEOUT_MS = 60_000;

/** The pictures of the README and of pages in docs/, by the name of the screenshot. */
const DOCUMENTED = [
	'api-request',
	'ask-approval',
	'campaign',
	'chat',
	'human-review',
	'contact-rules',
	'node-panel',
	'number-quality',
	'profile-panel',
	'template-form',
	'template-sent',
	'workflow',
];

/** Debian's Chromium, or the one in CHROMIUM_PATH. It contacts none of its maker's servers. */
export async function launchBrowser(): Promise<Browser> {
	return await chromium.launch({
		executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
		args: [
			'--no-sandbox',
			'--disable-background-networking',
			'--disable-component-update',
			'--disable-sync',
		],
	});
}

/** A page with its own profile. */
export async function openPage(
	browser: Browser,
	size: { width: number; height: number },
): Promise<Page> {
	const context = await browser.newContext({ viewport: size, reducedMotion: 'reduce' });
	context.setDefaultTimeout(TIMEOUT_MS);
	context.setDefaultNavigationTimeout(TIMEOUT_MS);
	return await context.newPage();
}

/** A page signed in to n8n through the form. */
export async function openEditor(
	browser: Browser,
	n8nUrl: string = e2eHost().n8nUrl,
): Promise<Page> {
	const { owner } = e2eHost();
	const page = await openPage(browser, { width: 1440, height: 900 });
	await page.goto(`${n8nUrl}/signin`);
	await page.locator('input[type=email]').fill(owner.email);
	await page.locator('input[type=password]').fill(owner.password);
	await page.getByRole('button', { name: 'Sign in' }).click();
	await page.waitForURL((url) => !url.pathname.startsWith('/signin'));
	return page;
}

/** Opens a person's conversation in the chat page, however many others have messages since. */
export async function openConversation(page: Page, name: string): Promise<void> {
	const search = page.getByRole('searchbox', { name: 'Search conversations' });
	await search.fill(name);
	await page.getByTestId('conversation').filter({ hasText: name }).click();
	await search.fill('');
}

/**
 * Keeps a picture in screenshots/, which git ignores. With UPDATE_DOC_IMAGES=1, it also writes the
 * README's pictures to docs/images/.
 */
export async function screenshot(page: Page, name: string): Promise<void> {
	const folders = [join(projectFolder, 'screenshots')];
	if (process.env['UPDATE_DOC_IMAGES'] === '1' && DOCUMENTED.includes(name)) {
		folders.push(join(projectFolder, 'docs', 'images'));
	}
	for (const folder of folders) {
		await mkdir(folder, { recursive: true });
		await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
	}
}
