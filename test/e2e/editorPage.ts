import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openEditor } from './browser';

/**
 * Opens a browser for the tests of a file or a block, and closes it after them.
 *
 * @param take gets a page that is signed in to n8n, before the hooks that follow
 * @param height of the page, in CSS pixels
 */
export function useEditor(take: (page: Page, browser: Browser) => void, height = 900): void {
	let browser: Browser | undefined;
	beforeAll(async () => {
		browser = await launchBrowser();
		const page = await openEditor(browser);
		await page.setViewportSize({ width: 1440, height });
		take(page, browser);
	});
	afterAll(async () => await browser?.close());
}
