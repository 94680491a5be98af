import type { Browser, Page } from 'playwright-core';
import { reportPage } from '../../nodes/WhatsAppCloud/report/htmlPage';
import { templatePage } from '../../nodes/WhatsAppCloud/report/templates/templatePage';
import { launchBrowser, openPage, screenshot } from './browser';
import { sampleDeliveryReport, sampleTemplateReport } from './sample-reports';

const pages = [
	['report', reportPage(sampleDeliveryReport())],
	['template-report', templatePage(sampleTemplateReport())],
] as const;

/** Down to the narrowest phones. */
const widths = [320, 390, 768, 1040];

describe.each(pages)('the page %s', (name, content) => {
	let browser: Browser;
	let page: Page;

	beforeAll(async () => {
		browser = await launchBrowser();
		page = await openPage(browser, { width: 1040, height: 1240 });
		await page.setContent(content);
	});
	afterAll(async () => await browser.close());

	test.each(widths)('fits a screen of %i pixels', async (width) => {
		await page.setViewportSize({ width, height: 800 });
		const [needed, charts] = await page.evaluate<[number, number]>(
			'[document.documentElement.scrollWidth, document.querySelectorAll("svg").length]',
		);
		expect(needed).toBe(width);
		expect(charts).toBeGreaterThan(0);
	});

	test('fits a phone in light and in dark, which differ', async () => {
		const height = async (): Promise<number> =>
			await page.evaluate<number>('document.documentElement.scrollHeight');
		const width = async (): Promise<number> =>
			await page.evaluate<number>('document.documentElement.scrollWidth');
		const background = async (): Promise<string> =>
			await page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
		await page.setViewportSize({ width: 1040, height: 1240 });
		await page.setViewportSize({ width: 1040, height: await height() });
		await screenshot(page, name);
		const backgrounds = new Set<string>();
		for (const colorScheme of ['light', 'dark'] as const) {
			await page.emulateMedia({ colorScheme });
			await page.setViewportSize({ width: 390, height: 800 });
			await page.setViewportSize({ width: 390, height: await height() });
			await screenshot(page, `${name}-phone-${colorScheme}`);
			expect(await width()).toBe(390);
			backgrounds.add(await background());
		}
		expect(backgrounds.size).toBe(2);
	});
});
