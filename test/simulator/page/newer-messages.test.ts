import { closeBrowser, openPhone } from './phone';
import type { Phone } from './phone';
import { startSimulator } from './running-simulator';
import type { Json, RunningSimulator } from './running-simulator';

jest.setTimeout(60_000);

const ana = '15550200001';
const group = 'Y2FwaV9ncm91cDoxNTU1MDEwMDAwMToxMjAzNjM0MDQ2OTQyMzM4MjAZD';

let simulator: RunningSimulator;
let phone: Phone;
beforeAll(async () => {
	simulator = await startSimulator(['--timing', 'off']);
});
afterAll(async () => {
	await closeBrowser();
	await simulator.stop();
});
afterEach(async () => {
	expect(phone.errors).toEqual([]);
	const shots = process.env['PAGE_SHOTS'];
	if (shots !== undefined) {
		const name = expect.getState().currentTestName?.replace(/\W+/g, '-') ?? 'page';
		await phone.page.screenshot({ path: `${shots}/${name}.png` });
	}
	await phone.close();
});

const send = async (message: Json): Promise<string> => {
	const id = await simulator.send({ to: `+${ana}`, ...message });
	await phone.bubble(id).waitFor();
	return id;
};
const reply = (id: string): Json => ({ type: 'reply', reply: { id, title: `Say ${id}` } });
const link = (display_text: string): Json => ({
	type: 'cta_url',
	cta_url: { url: 'https://luckyshrub.example/parcel', display_text },
});

test('Direct Send is marked, with links before replies, and the rest in a sheet', async () => {
	phone = await openPhone(simulator, ana);
	const id = await send({
		category: 'utility',
		type: 'interactive',
		interactive: {
			type: 'button',
			header: { type: 'text', text: 'Your parcel' },
			body: { text: 'It arrives *today* between 2 and 4.' },
			footer: { text: 'Lucky Shrub' },
			action: { buttons: [link('Track'), link('Map'), reply('thanks'), reply('later')] },
		},
	});
	const bubble = phone.bubble(id);
	expect(await bubble.locator('.direct-send').textContent()).toBe('Direct Send · utility');
	expect(await bubble.getByRole('link', { name: 'Track' }).getAttribute('href')).toBe(
		'https://luckyshrub.example/parcel',
	);
	await bubble.getByRole('button', { name: 'See all options' }).click();
	const received = simulator.nextReceived();
	await phone.page.getByRole('dialog').getByRole('button', { name: 'Say later' }).click();
	expect(await received).toMatchObject({
		type: 'button',
		button: { payload: 'later', text: 'Say later' },
		context: { id },
	});
	const plain = await send({ type: 'text', text: { body: 'As ever' } });
	expect(await phone.bubble(plain).locator('.direct-send').count()).toBe(0);
});

test('payment requests are copied or opened', async () => {
	phone = await openPhone(simulator, ana);
	const payment = (index: number, setting: Json): Json => ({
		type: 'button',
		sub_type: 'payment_request',
		index,
		parameters: [{ type: 'action', action: { payment_request: { payment_setting: setting } } }],
	});
	const id = await send({
		type: 'template',
		template: {
			name: 'payment_choice',
			language: { code: 'pt_BR' },
			components: [
				{ type: 'body', parameters: [{ type: 'text', text: 'Ana' }] },
				payment(0, { type: 'pix_dynamic_code', pix_dynamic_code: { code: 'PIX-4711' } }),
				payment(1, { type: 'boleto', boleto: { digitable_line: '0339902694' } }),
				payment(2, { type: 'payment_link', payment_link: { uri: 'https://pay.example/4711' } }),
			],
		},
	});
	const bubble = phone.bubble(id);
	const copied = async (name: string): Promise<string> => {
		await bubble.getByRole('button', { name }).click();
		return await phone.page.evaluate('navigator.clipboard.readText()');
	};
	expect(await copied('Copy Pix code')).toBe('PIX-4711');
	expect(await copied('Copy Boleto code')).toBe('0339902694');
	expect(await bubble.getByRole('link', { name: 'Open payment link' }).getAttribute('href')).toBe(
		'https://pay.example/4711',
	);
});

test('a group to join has no braces', async () => {
	phone = await openPhone(simulator, ana);
	const id = await send({
		type: 'template',
		template: {
			name: 'group_invitation',
			language: { code: 'en_US' },
			components: [{ type: 'body', parameters: [{ type: 'group_id', group_id: group }] }],
		},
	});
	expect(await phone.bubble(id).textContent()).toContain('You are invited to 👥 Group.');
});

test('what is pinned in a group stands above its messages until it is unpinned', async () => {
	const toGroup = { recipient_type: 'group', to: group };
	const first = await simulator.send({ ...toGroup, type: 'text', text: { body: 'Meet at noon' } });
	phone = await openPhone(simulator, group);
	const pin = async (type: string): Promise<unknown> =>
		await send({ ...toGroup, type: 'pin', pin: { type, message_id: first, expiration_days: 7 } });
	await pin('pin');
	const bar = phone.page.getByTestId('pinned');
	await bar.getByRole('button', { name: 'Meet at noon' }).click();
	expect(await phone.page.locator(`[data-message-id="${first}"]:focus`).count()).toBe(1);
	await pin('unpin');
	await bar.waitFor({ state: 'hidden' });
});
