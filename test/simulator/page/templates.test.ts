import { loadTemplates, templateFixture } from '../../fixtures/templateFixtures';
import { closeBrowser, openPhone } from './phone';
import type { Phone } from './phone';
import { startSimulator } from './running-simulator';
import type { RunningSimulator } from './running-simulator';

jest.setTimeout(30_000);

const ana = '15550200001';

describe('the list of templates', () => {
	let simulator: RunningSimulator;
	let phone: Phone;

	const row = (name: string) => phone.page.locator(`[data-testid="template"][data-name="${name}"]`);
	const inStatus = async (name: string, status: string): Promise<void> => {
		await phone.page
			.locator(`[data-testid="template"][data-name="${name}"][data-status="${status}"]`)
			.waitFor();
	};
	const press = async (name: string, label: string): Promise<void> => {
		await row(name).getByRole('button', { name: label }).click();
	};
	const admin = async (path: string, method: string, body: object): Promise<void> => {
		const response = await fetch(`${simulator.url}/_simulator${path}`, {
			method,
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
		expect(response.status).toBe(200);
	};

	beforeAll(async () => {
		simulator = await startSimulator();
		await admin('/settings', 'PATCH', { templates: { reviewAfterMs: null } });
		phone = await openPhone(simulator, ana);
		await phone.page.setViewportSize({ width: 1100, height: 800 });
		await phone.page.getByTestId('open-templates').click();
	});
	afterEach(() => {
		expect(phone.errors.splice(0)).toEqual([]);
	});
	afterAll(async () => {
		await closeBrowser();
		await simulator.stop();
	});

	it('shows what was created while it is open, and approves it', async () => {
		await simulator.graph('200000000000001/message_templates', {
			name: 'fresh_leaves',
			language: 'en',
			category: 'UTILITY',
			components: [{ type: 'BODY', text: 'The first leaves are out.' }],
		});
		await inStatus('fresh_leaves', 'PENDING');
		await row('fresh_leaves').locator('summary').click();
		expect(await row('fresh_leaves').innerText()).toContain('The first leaves are out.');
		await press('fresh_leaves', 'Reject');
		await inStatus('fresh_leaves', 'REJECTED');
		await press('fresh_leaves', 'Approve');
		await inStatus('fresh_leaves', 'APPROVED');
		// Still open: what happens to a template does not close its row.
		expect(await row('fresh_leaves').getByRole('button', { name: 'Pause' }).isVisible()).toBe(true);
	});

	it('finds templates by their words and by status', async () => {
		const { page } = phone;
		const shown = async (): Promise<string[]> =>
			await page.locator('[data-testid="template"]:visible .template-name').allInnerTexts();
		await page.getByLabel('Search templates').fill('rechnung');
		expect(await shown()).toEqual(['invoice_document']);
		await page.getByLabel('Search templates').fill('yeti');
		expect(await page.getByText('No templates match.').isVisible()).toBe(true);
		await page.getByLabel('Search templates').fill('');
		await page.getByLabel('Status', { exact: true }).selectOption({ label: 'Paused or disabled' });
		expect(await shown()).toEqual(['paused_offer', 'disabled_offer']);
		await page.getByLabel('Status', { exact: true }).selectOption({ label: 'All' });
	});

	it('changes the text, so that messages of before no longer fit', async () => {
		const greet = { to: `+${ana}`, type: 'template' };
		const template = { name: 'hello_world', language: { code: 'en_US' } };
		await simulator.send({ ...greet, template });
		await row('hello_world').locator('summary').click();
		await press('hello_world', 'Change text');
		await phone.page.getByLabel('Body').fill('Welcome, {{1}}, to our shop of plants.');
		await phone.page.getByRole('button', { name: 'Save' }).click();
		await row('hello_world').getByText('to our shop of plants').waitFor();
		await expect(simulator.send({ ...greet, template })).rejects.toThrow('132000');
	});

	it('sets quality and category, pauses, and deletes', async () => {
		const coupon = row('coupon');
		await coupon.locator('summary').click();
		await coupon.getByLabel('Quality').selectOption('YELLOW');
		await coupon.getByText('Yellow quality').waitFor();
		await coupon.getByLabel('Category').selectOption('UTILITY');
		await coupon.getByText('Utility · Yellow quality').waitFor();
		await press('coupon', 'Pause');
		await inStatus('coupon', 'PAUSED');
		await press('coupon', 'Resume');
		await inStatus('coupon', 'APPROVED');
		await press('coupon', 'Delete');
		await coupon.waitFor({ state: 'detached' });
	});

	it('fits a phone', async () => {
		await phone.page.setViewportSize({ width: 390, height: 800 });
		const tooWide = await phone.page.evaluate<string[]>(
			`[...document.querySelectorAll('dialog, dialog *')]
				.filter((part) => part.getBoundingClientRect().right > innerWidth)
				.map((part) => part.className)`,
		);
		expect(tooWide).toEqual([]);
		await phone.page.keyboard.press('Escape');
		await phone.page.getByTestId('templates').waitFor({ state: 'detached' });
	});

	it('counts who opens a link', async () => {
		await phone.page.setViewportSize({ width: 1100, height: 800 });
		await loadTemplates(simulator.url, [templateFixture('order_shipped')]);
		const text = (value: string): object => ({ type: 'text', text: value });
		const id = await simulator.send({
			to: `+${ana}`,
			type: 'template',
			template: {
				name: 'order_shipped',
				language: { code: 'en_US' },
				components: [
					{ type: 'body', parameters: [text('Ana'), text('A-1'), text('Friday')] },
					{ type: 'button', sub_type: 'url', index: 0, parameters: [text('A-1')] },
				],
			},
		});
		const link = phone.bubble(id).getByText('Track order');
		// The page itself must not leave this machine.
		await phone.page.evaluate(
			`document.addEventListener('click', (event) => event.preventDefault())`,
		);
		const reported = phone.page.waitForResponse((response) =>
			response.url().endsWith('/chat/link'),
		);
		await link.click();
		expect((await reported).status()).toBe(200);
	});
});
