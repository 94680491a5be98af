import { join } from 'node:path';
import { convert } from '../../../converter/convert';
import { sendNode, workflow } from '../../unit/converter/oldWorkflow';
import { closeBrowser, openPage } from './phone';
import { startSimulator, type RunningSimulator } from './running-simulator';

jest.setTimeout(30_000);

describe('the page that converts workflows', () => {
	let simulator: RunningSimulator;
	let opened: Awaited<ReturnType<typeof openPage>>;
	const requests: string[] = [];
	const old = JSON.stringify(workflow([sendNode('Send')]), null, 2);

	beforeAll(async () => {
		simulator = await startSimulator([]);
		opened = await openPage(`${simulator.url}/convert`);
		await opened.page.getByTestId('old-workflow').waitFor();
		opened.page.on('request', (request) => requests.push(request.url()));
	});
	afterEach(() => expect(opened.errors.splice(0)).toEqual([]));
	afterAll(async () => {
		await closeBrowser();
		await simulator.stop();
	});

	const result = () => opened.page.getByTestId('new-workflow').inputValue();
	const report = () => opened.page.getByTestId('report').innerText();

	test('a pasted workflow is copied back, converted, and nothing is sent', async () => {
		const { page } = opened;
		await page.getByTestId('old-workflow').fill(old);
		expect(await result()).toBe(convert(old).text);
		expect(await report()).toContain('Send: is now Send Text.');
		await page.getByTestId('copy').click();
		await page.getByText('Copied').waitFor();
		expect(await page.evaluate('navigator.clipboard.readText()')).toBe(convert(old).text);
		await page.getByText('Copied').waitFor({ state: 'detached' });
		expect(requests).toEqual([]);
	});

	test('the number of the credential in the place of that in the workflow', async () => {
		const { page } = opened;
		await page.getByTestId('default-sender').check();
		expect(await result()).toBe(convert(old, { defaultSender: true }).text);
		await page.getByTestId('default-sender').uncheck();
		expect(await result()).toBe(convert(old).text);
	});

	test('a file', async () => {
		const { page } = opened;
		await page.getByTestId('old-workflow').fill('');
		expect(await report()).toBe('');
		const file = join(__dirname, '../../../examples/autoresponder.json');
		await page.locator('input[type=file]').setInputFiles(file);
		await page.getByText('so nothing was changed').waitFor();
		expect(await result()).toContain('whatsAppCloudTrigger');
	});

	test('what is no workflow is told', async () => {
		const { page } = opened;
		await page.getByTestId('old-workflow').fill('{"a": 1}');
		expect(await report()).toContain('The input holds no workflow. In n8n, open the workflow');
		expect(await result()).toBe('');
		expect(await page.getByTestId('copy').isDisabled()).toBe(true);
	});

	test('a link from elsewhere leads to it, and no file but those of the converter is served', async () => {
		const { page, close } = await openPage('about:blank');
		await page.setContent(`<a href="${simulator.url}/convert">Moving over</a>`);
		await page.getByRole('link').click();
		await page.getByTestId('old-workflow').waitFor();
		await close();
		const statusOf = async (path: string) => (await fetch(`${simulator.url}${path}`)).status;
		expect(await statusOf('/converter/convert.ts')).toBe(200);
		expect(await statusOf('/converter/..%2Fpackage.json')).toBe(404);
	});
});
