import type { Browser, Locator, Page } from 'playwright-core';
import { launchBrowser, openEditor } from './browser';
import { e2eHost } from './host';

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

/**
 * Opens a workflow, and the panel of one of its nodes.
 *
 * @returns the parameters in the panel
 */
export async function openPanel(
	page: Page,
	workflowId: string,
	nodeName: string,
): Promise<Locator> {
	await page.goto(`${e2eHost().n8nUrl}/workflow/${workflowId}`);
	await page.locator(`[data-test-id=canvas-node][data-node-name="${nodeName}"]`).dblclick();
	const parameters = page.locator('[data-test-id=node-parameters]');
	await parameters.waitFor();
	return parameters;
}
