/** The chat page in Chromium. */

import { chromium } from 'playwright-core';
import type { Browser, Locator, Page } from 'playwright-core';
import type { RunningSimulator } from './running-simulator';

export interface Phone {
	readonly page: Page;
	/** Errors that the page logged to its console or threw. */
	readonly errors: string[];
	bubble: (messageId: string) => Locator;
	close: () => Promise<void>;
}

let browser: Browser | null = null;

/** Starts Chromium once for all pages of a test file. */
async function launchBrowser(): Promise<Browser> {
	browser ??= await chromium.launch({
		executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
		args: [
			'--no-sandbox',
			'--disable-background-networking',
			'--disable-component-update',
			'--disable-sync',
		],
	});
	return browser;
}

export async function closeBrowser(): Promise<void> {
	await browser?.close();
	browser = null;
}

/** Opens a page of the simulator. */
export async function openPage(url: string): Promise<Omit<Phone, 'bubble'>> {
	const context = await (
		await launchBrowser()
	).newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
	const page = await context.newPage();
	page.setDefaultTimeout(10_000);
	const errors: string[] = [];
	page.on('console', (message) => {
		if (message.type() === 'error') errors.push(message.text());
	});
	page.on('pageerror', (error) => errors.push(error.message));
	await page.goto(url);
	return { page, errors, close: () => context.close() };
}

/** Opens the conversation of a customer, as that customer. */
export async function openPhone(
	simulator: RunningSimulator,
	customer: string,
	extraHash = '',
): Promise<Phone> {
	const opened = await openPage(
		`${simulator.url}/#customer=${customer}&number=${simulator.phoneNumberId}${extraHash}`,
	);
	await opened.page.locator('body[data-ready]').waitFor();
	return {
		...opened,
		bubble: (messageId) => opened.page.locator(`[data-message-id="${messageId}"]`),
	};
}
