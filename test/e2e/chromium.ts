import { chromium, type Browser, type Page } from 'playwright-core';
import type { N8nOwner } from '../../scripts/host/n8n-api.ts';

/** n8n's editor is a large page, and continuous integration is slow. */
const TIMEOUT_MS = 60_000;

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
export async function signIn(browser: Browser, n8nUrl: string, owner: N8nOwner): Promise<Page> {
	const page = await openPage(browser, { width: 1440, height: 900 });
	await page.goto(`${n8nUrl}/signin`);
	await page.locator('input[type=email]').fill(owner.email);
	await page.locator('input[type=password]').fill(owner.password);
	await page.getByRole('button', { name: 'Sign in' }).click();
	await page.waitForURL((url) => !url.pathname.startsWith('/signin'));
	return page;
}
