import { closeBrowser, openPhone } from './phone';
import type { Phone } from './phone';
import { startSimulator } from './running-simulator';
import type { RunningSimulator } from './running-simulator';
import { sampleMessages } from './sample-messages';

jest.setTimeout(30_000);

const [ana, ben, clara] = ['15550200001', '15550200002', '4915550200003'];
const ogg = Buffer.concat([Buffer.from('OggS\0\x02'), Buffer.alloc(22), Buffer.from('OpusHead')]);

describe('the chat page in little room', () => {
	let simulator: RunningSimulator;
	let phone: Phone;

	const paneOf = (customer: string) =>
		phone.page.locator(`[data-testid="pane"][data-customer="${customer}"]`);
	const text = (to: string, body: string): Promise<string> =>
		simulator.send({ to: `+${to}`, type: 'text', text: { body } });

	beforeAll(async () => {
		simulator = await startSimulator(['--timing', 'sent=10,delivered=30,read=never']);
		const others = [ben, clara].map((customer) => `&customer=${customer}`).join('');
		phone = await openPhone(simulator, ana, others);
	});
	afterEach(() => {
		expect(phone.errors.splice(0)).toEqual([]);
	});
	afterAll(async () => {
		await closeBrowser();
		await simulator.stop();
	});

	it('keeps every message within its bubble, however narrow the pane is', async () => {
		const voice = await simulator.upload(new Uint8Array(ogg), 'audio/ogg', 'voice.ogg');
		const media = { image: '', video: '', audio: voice, voice, document: voice, sticker: '' };
		const samples = sampleMessages(media);
		const names = ['voice', 'audio', 'document', 'location', 'contacts', 'product', 'catalog'];
		for (const name of names) {
			const id = await simulator.send({ to: `+${ana}`, ...samples[name] });
			await phone.bubble(id).waitFor();
		}
		for (const width of [320, 390, 768, 1280]) {
			await phone.page.setViewportSize({ width, height: 800 });
			const tooWide = await phone.page.evaluate<string[]>(
				`[...document.querySelectorAll('.bubble')]
					.filter((bubble) => bubble.scrollWidth > bubble.clientWidth)
					.map((bubble) => bubble.textContent)`,
			);
			expect([width, tooWide]).toEqual([width, []]);
		}
	});

	it('shows one of several conversations on a phone, and nothing to scroll sideways', async () => {
		await phone.page.setViewportSize({ width: 390, height: 800 });
		const sidewards = await phone.page.evaluate<number>(
			`(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)(document.querySelector('.panes'))`,
		);
		expect(sidewards).toBe(0);
		expect(await paneOf(ana).isVisible()).toBe(true);
		expect(await paneOf(ben).isVisible()).toBe(false);
	});

	it('marks a message as read once its conversation is shown', async () => {
		await phone.page.setViewportSize({ width: 390, height: 800 });
		const [hidden, shown] = [await text(ben, 'later'), await text(ana, 'now')];
		await phone.page.locator(`[data-message-id="${shown}"][data-status="read"]`).waitFor();
		expect(await phone.bubble(hidden).getAttribute('data-status')).not.toBe('read');
		await phone.page.setViewportSize({ width: 1280, height: 800 });
		await phone.page.locator(`[data-message-id="${hidden}"][data-status="read"]`).waitFor();
	});

	it('leads from a phone’s conversation back to the list, and on to another', async () => {
		const { page } = phone;
		await page.setViewportSize({ width: 390, height: 800 });
		await paneOf(ana).getByRole('button', { name: 'Back to the list' }).click();
		await page.getByRole('heading', { name: 'Chats' }).waitFor();
		expect(await paneOf(ben).isVisible()).toBe(false);
		await page.getByRole('button', { name: /Clara/ }).first().click();
		await paneOf(clara).waitFor();
		expect(await page.getByRole('heading', { name: 'Chats' }).isVisible()).toBe(false);
	});

	it('keeps the pin on the map of a wide sheet', async () => {
		const { page } = phone;
		await page.setViewportSize({ width: 1280, height: 800 });
		const id = await simulator.send({
			to: `+${clara}`,
			...sampleMessages({ image: '', video: '', audio: '', voice: '', document: '', sticker: '' })[
				'locationRequest'
			],
		});
		await paneOf(ben).getByRole('button', { name: 'Close', exact: true }).click();
		await phone.bubble(id).getByRole('button', { name: 'Send location' }).click();
		// Measured at once: the sheet is still rising.
		const [width, above] = await page.evaluate<[number, number]>(
			`((map, pin) => [map.width, map.top - pin.top])(
				...['.location-map', '.map-pin'].map((name) =>
					document.querySelector('[data-testid=sheet] ' + name).getBoundingClientRect()),
			)`,
		);
		expect(width).toBeGreaterThan(500);
		expect(above).toBeLessThan(0);
		await page.keyboard.press('Escape');
	});
});
