import { closeBrowser, openPhone } from './phone';
import type { Phone } from './phone';
import { startSimulator } from './running-simulator';
import type { Json, RunningSimulator } from './running-simulator';
import { sampleMessages } from './sample-messages';
import type { SampleMedia } from './sample-messages';

jest.setTimeout(30_000);

const ana = '15550200001';

const png = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8Dwn4EIwDiqEAAGKgH9kZkRfgAAAABJRU5ErkJggg==',
	'base64',
);
const webp = Buffer.from('UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA', 'base64');
/** Enough of each format to be recognised by its first bytes. */
const mp4 = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypisom\0\0\0\0isommp42')]);
const mp3 = Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0x64]), Buffer.alloc(413)]);
const ogg = Buffer.concat([Buffer.from('OggS\0\x02'), Buffer.alloc(22), Buffer.from('OpusHead')]);

async function uploadMedia(simulator: RunningSimulator): Promise<SampleMedia> {
	return {
		image: await simulator.upload(new Uint8Array(png), 'image/png', 'pixel.png'),
		video: await simulator.upload(new Uint8Array(mp4), 'video/mp4', 'clip.mp4'),
		audio: await simulator.upload(new Uint8Array(mp3), 'audio/mpeg', 'song.mp3'),
		voice: await simulator.upload(new Uint8Array(ogg), 'audio/ogg', 'voice.ogg'),
		document: await simulator.upload(Buffer.from('%PDF-1.4'), 'application/pdf', 'a.pdf'),
		sticker: await simulator.upload(new Uint8Array(webp), 'image/webp', 'sticker.webp'),
	};
}

describe('every type of message on the chat page', () => {
	let simulator: RunningSimulator;
	let phone: Phone;
	let samples: Record<string, Json>;
	const sentIds = new Map<string, string>();

	/** Sends a sample and returns its bubble. */
	const send = async (name: string): Promise<string> => {
		const id = await simulator.send({ to: `+${ana}`, ...samples[name] });
		sentIds.set(name, id);
		await phone.bubble(id).waitFor();
		return id;
	};
	const press = (id: string, name: string): Promise<void> =>
		phone.bubble(id).getByRole('button', { name }).click();

	beforeAll(async () => {
		simulator = await startSimulator(['--timing', 'sent=10,delivered=30,read=never']);
		samples = sampleMessages(await uploadMedia(simulator));
		phone = await openPhone(simulator, ana);
	});
	afterEach(() => {
		expect(phone.errors.splice(0)).toEqual([]);
	});
	afterAll(async () => {
		await closeBrowser();
		await simulator.stop();
	});

	it('draws each of them without an error', async () => {
		for (const name of Object.keys(samples)) await send(name);
		for (const [name, id] of sentIds) {
			const bubble = phone.bubble(id);
			expect([name, await bubble.getAttribute('data-type')]).toEqual([
				name,
				samples[name]?.['type'],
			]);
			expect([name, await bubble.locator('.unknown').count()]).toEqual([name, 0]);
			expect([name, (await bubble.boundingBox())?.height]).not.toEqual([name, 0]);
		}
		expect(await phone.page.getByText('could not be drawn').count()).toBe(0);
	});

	it('shows what each of them says', async () => {
		const said: Record<string, string[]> = {
			text: ['https://example.com/a', 'example.com'],
			image: ['A red pixel'],
			document: ['Invoice.pdf', 'PDF document'],
			location: ['Square', 'Lisbon'],
			contacts: ['John Smith'],
			button: ['Tuesday at 10:30?', 'Answer any time', 'Yes', 'No'],
			list: ['Times', 'Pick one', 'Show times'],
			mediaCarousel: ['Plant 0', 'Buy 1'],
			productCarousel: ['Aloe vera', 'Jade plant'],
			orderDetails: ['Order #ORDER-1042', 'Aloe vera', '21.50'],
			orderStatus: ['Order #ORDER-1042', 'Processing'],
			product: ['Aloe vera', '12.50'],
			productList: ['Our plants', '2 items'],
			catalog: ['Lucky Shrub’s catalog'],
			templateImage: ['Hi Ana, your order A-77 is on its way.', 'Thanks', 'See all options'],
			templateNamed: ['See you soon, Ana', 'Your appointment is on Friday at 14:15.'],
			templateCode: ['482913 is your verification code.', 'This code expires in 10 minutes.'],
			templateLocation: ['Shop', 'Hill Way 1', 'Come and see us, Ana.'],
			templateOffer: ['Ends soon!', 'Take 25 % off', 'Copy code'],
		};
		for (const [name, parts] of Object.entries(said)) {
			const shown = await phone.bubble(sentIds.get(name) ?? '').innerText();
			for (const part of parts)
				expect([name, shown.replace(/\s+/g, ' ')]).toEqual([name, expect.stringContaining(part)]);
		}
	});

	it('folds long texts until they are wanted', async () => {
		const bubble = phone.bubble(sentIds.get('longText') ?? '');
		const folded = (await bubble.innerText()).length;
		await bubble.getByRole('button', { name: 'Read more' }).click();
		expect((await bubble.innerText()).length).toBeGreaterThan(folded * 2);
	});

	it('links out without a way back', async () => {
		const link = phone.bubble(sentIds.get('ctaUrl') ?? '').getByRole('link', { name: 'Open' });
		expect(await link.getAttribute('href')).toBe('https://example.com/book');
		expect(await link.getAttribute('rel')).toContain('noopener');
		expect(await link.getAttribute('target')).toBe('_blank');
	});

	it('shows an unknown type as a card with its JSON', async () => {
		const response = await fetch(`${simulator.url}/_simulator/chat/messages`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({
				phoneNumberId: simulator.phoneNumberId,
				customer: ana,
				message: { type: 'hologram', hologram: { depth: 3 } },
			}),
		});
		const { id } = (await response.json()) as { id: string };
		await phone.bubble(id).getByText('hologram', { exact: true }).waitFor();
		await phone.bubble(id).getByText('Show JSON').click();
		await phone.bubble(id).getByText('"depth": 3').waitFor();
	});

	describe('tapping', () => {
		/** Does something and returns the message that the business gets; it must be an answer. */
		const answerTo = async (id: string, act: () => Promise<unknown>): Promise<Json> => {
			const arrived = simulator.nextReceived();
			await act();
			const message = await arrived;
			expect(message['context']).toMatchObject({ id });
			await phone.bubble(String(message['id'])).waitFor();
			return message;
		};
		const sheet = (name: string): Promise<void> =>
			phone.page.getByTestId('sheet').getByRole('button', { name }).click();

		it('a reply button', async () => {
			const id = await send('button');
			expect(await answerTo(id, () => press(id, 'No'))).toMatchObject({
				type: 'interactive',
				interactive: { type: 'button_reply', button_reply: { id: 'no', title: 'No' } },
			});
		});

		it('a row of a list', async () => {
			const id = await send('list');
			await press(id, 'Show times');
			await phone.page.getByTestId('sheet').getByText('09:00').click();
			expect(await answerTo(id, () => sheet('Send'))).toMatchObject({
				interactive: {
					type: 'list_reply',
					list_reply: { id: 'm9', title: '09:00', description: 'With Ana' },
				},
			});
			await phone.page.getByTestId('sheet').waitFor({ state: 'detached' });
		});

		it('a quick reply of a template', async () => {
			const id = await send('templateImage');
			expect(await answerTo(id, () => press(id, 'Thanks'))).toMatchObject({
				type: 'button',
				button: { payload: 'THANKS_77', text: 'Thanks' },
			});
			await press(id, 'See all options');
			const tracking = phone.page.getByTestId('sheet').getByRole('link', { name: 'Track order' });
			expect(await tracking.getAttribute('href')).toBe('https://luckyshrub.example/orders/A-77');
			await phone.page.keyboard.press('Escape');
		});

		it('a location request', async () => {
			const id = await send('locationRequest');
			await press(id, 'Send location');
			await phone.page.getByLabel('Latitude').fill('41.1496');
			expect(await answerTo(id, () => sheet('Send location'))).toMatchObject({
				type: 'location',
				location: { latitude: 41.1496, longitude: -9.13655 },
			});
		});

		it('a contact request', async () => {
			const id = await send('contactRequest');
			await press(id, 'Share contact info');
			expect(await answerTo(id, () => sheet('Share'))).toMatchObject({
				type: 'contacts',
				contacts: [{ phones: [{ wa_id: ana }], origin: 'contact_request' }],
			});
		});

		it('a flow', async () => {
			const id = await send('flow');
			await press(id, 'Start');
			await sheet('Add a field');
			await phone.page.getByLabel('Field name').last().fill('time');
			await phone.page.getByLabel('Answer').last().fill('10:30');
			const answer = await answerTo(id, () => sheet('Complete'));
			const { nfm_reply: reply } = answer['interactive'] as { nfm_reply: Record<string, string> };
			expect(reply).toMatchObject({ name: 'flow', body: 'Sent' });
			expect(JSON.parse(reply['response_json'] ?? '')).toEqual({
				flow_token: 'TOKEN-1',
				day: 'Monday',
				time: '10:30',
			});
		});

		it('an address request', async () => {
			const id = await send('address');
			await press(id, 'Provide address');
			await phone.page.getByLabel('Phone number').fill('+911234567890');
			await phone.page.getByLabel('Address', { exact: true }).fill('12 Hill Road');
			const answer = await answerTo(id, () => sheet('Send address'));
			const { nfm_reply: reply } = answer['interactive'] as { nfm_reply: Record<string, string> };
			expect(reply['name']).toBe('address_message');
			expect(JSON.parse(reply['response_json'] ?? '')).toMatchObject({
				values: { address: '12 Hill Road', phone_number: '+911234567890' },
			});
		});

		it('a call permission request', async () => {
			const id = await send('callPermission');
			await press(id, 'Choose preference');
			expect(await answerTo(id, () => phone.page.getByTestId('call-reject').click())).toMatchObject(
				{
					interactive: {
						type: 'call_permission_reply',
						call_permission_reply: { response: 'reject', response_source: 'user_action' },
					},
				},
			);
		});

		it('products into a cart', async () => {
			const id = await send('productList');
			await press(id, 'View items');
			await phone.page.getByRole('button', { name: 'Add one Aloe vera' }).click();
			await phone.page.getByRole('button', { name: 'Add one Aloe vera' }).click();
			expect(await answerTo(id, () => phone.page.getByTestId('place-order').click())).toMatchObject(
				{
					type: 'order',
					order: {
						catalog_id: '500000000000001',
						product_items: [
							{ product_retailer_id: 'SKU-ALOE', quantity: 2, item_price: 12.5, currency: 'USD' },
						],
					},
				},
			);
		});

		it('a code to copy', async () => {
			const id = await send('templateOffer');
			await press(id, 'Copy code');
			await phone.page.getByText('Copied PLANT25').waitFor();
			expect(await phone.page.evaluate('navigator.clipboard.readText()')).toBe('PLANT25');
		});
	});
});
