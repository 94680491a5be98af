import { createHmac } from 'node:crypto';
import { Callback } from './support/callback';
import { at, textAt } from './support/json';
import { ana, appSecret, appToken, ids, useSimulator } from './support/simulator';

let callback: Callback;
const simulator = useSimulator(['--timing', 'sent=0,delivered=20,read=40']);
beforeEach(async () => {
	callback = await new Callback().start();
});
afterEach(async () => await callback.stop());

const subscribe = async (url: string, fields = 'messages'): Promise<number> =>
	(
		await simulator.graph(`/${ids.app}/subscriptions`, {
			token: appToken,
			json: {
				object: 'whatsapp_business_account',
				callback_url: url,
				verify_token: callback.verifyToken,
				fields,
			},
		})
	).status;

const write = async (body: string, customer = ana): Promise<string> =>
	textAt(
		await simulator.admin('/chat/messages', {
			phoneNumberId: ids.phoneNumber,
			customer,
			message: { type: 'text', text: { body } },
		}),
		'id',
	);

test('subscribing asks the callback to prove itself', async () => {
	expect(await subscribe(callback.url)).toBe(200);
	expect(Object.fromEntries(callback.handshakes[0] ?? [])).toEqual({
		'hub.mode': 'subscribe',
		'hub.challenge': expect.stringMatching(/^\d+$/),
		'hub.verify_token': 'verify-me',
	});
	const list = await simulator.graph(`/${ids.app}/subscriptions`, { token: appToken });
	expect(list.body).toEqual({
		data: [
			{
				object: 'whatsapp_business_account',
				callback_url: callback.url,
				active: true,
				fields: [{ name: 'messages', version: 'v25.0' }],
			},
		],
	});
});

test('a callback that does not verify is refused', async () => {
	callback.verifyToken = 'another';
	const answer = await simulator.graph(`/${ids.app}/subscriptions`, {
		token: appToken,
		json: {
			object: 'whatsapp_business_account',
			callback_url: callback.url,
			verify_token: 'verify-me',
			fields: 'messages',
		},
	});
	expect([answer.status, at(answer.body, 'error', 'code')]).toEqual([400, 2200]);
	expect(textAt(answer.body, 'error', 'message')).toContain('HTTP Status Code = 403');
	const list = await simulator.graph(`/${ids.app}/subscriptions`, { token: appToken });
	expect(list.body).toEqual({ data: [] });
});

test('subscriptions of an app need its own token', async () => {
	const answer = await simulator.graph(`/${ids.app}/subscriptions`);
	expect(at(answer.body, 'error', 'code')).toBe(15);
});

test('a message of a customer comes signed over its bytes', async () => {
	await subscribe(callback.url);
	const id = await write('Grüße / 你好 👋');
	await callback.until((received) => received.length > 0);
	const [webhook] = callback.received;
	const hash = createHmac('sha256', appSecret)
		.update(webhook?.raw ?? '')
		.digest('hex');
	expect(webhook?.headers['x-hub-signature-256']).toBe(`sha256=${hash}`);
	// Meta escapes non-ASCII characters: parsing and serialising again gives different bytes.
	expect(webhook?.raw.toString('latin1')).toContain('Gr\\u00fc\\u00dfe \\/ \\u4f60');
	expect(webhook).toMatchObject({ field: 'messages', businessAccountId: ids.businessAccount });
	expect(webhook?.value).toEqual({
		messaging_product: 'whatsapp',
		metadata: { display_phone_number: '15550100001', phone_number_id: ids.phoneNumber },
		contacts: [
			{ profile: { name: 'Ana Torres' }, wa_id: ana, user_id: expect.stringMatching(/^US\.\d+$/) },
		],
		messages: [
			{
				from: ana,
				from_user_id: expect.stringMatching(/^US\.\d+$/),
				id,
				timestamp: expect.stringMatching(/^\d{10}$/),
				type: 'text',
				text: { body: 'Grüße / 你好 👋' },
			},
		],
	});
});

test('statuses follow each other, with the price on sent and on one more', async () => {
	await subscribe(callback.url);
	await simulator.send({ biz_opaque_callback_data: 'order 7' });
	await callback.until(() => callback.statuses().length === 3);
	const statuses = callback.statuses();
	expect(new Set(statuses.map(({ status }) => status))).toEqual(
		new Set(['sent', 'delivered', 'read']),
	);
	expect(statuses.filter((status) => status['pricing'] !== undefined)).toHaveLength(2);
	for (const status of statuses) {
		expect(status).toMatchObject({
			recipient_id: ana,
			recipient_user_id: expect.stringMatching(/^US\./),
			biz_opaque_callback_data: 'order 7',
		});
		expect(status['conversation']).toBeUndefined();
	}
	const sent = statuses.find(({ status }) => status === 'sent');
	expect(sent?.['pricing']).toEqual({
		billable: false,
		pricing_model: 'PMP',
		category: 'service',
		type: 'free_customer_service',
	});
});

test('a hidden number stays out of the webhooks', async () => {
	await subscribe(callback.url);
	await write('psst', '15550200004');
	await callback.until((received) => received.length > 0);
	const value = callback.received[0]?.value;
	expect(at(value, 'contacts', 0, 'wa_id')).toBeUndefined();
	expect(at(value, 'messages', 0, 'from')).toBeUndefined();
	expect(at(value, 'contacts', 0, 'profile', 'username')).toBe('dana.grows');
	expect(at(value, 'messages', 0, 'from_user_id')).toBe(at(value, 'contacts', 0, 'user_id'));
});

test('the number goes before the business account, and that before the app', async () => {
	await subscribe(`${callback.url}/app`);
	const pathOf = async (body: string): Promise<string | undefined> => {
		const count = callback.received.length;
		await write(body);
		await callback.until((received) => received.length > count);
		return callback.received[count]?.path;
	};
	expect(await pathOf('one')).toBe('/app');
	const override = (path: string): object => ({
		override_callback_uri: `${callback.url}${path}`,
		verify_token: callback.verifyToken,
	});
	await simulator.graph(`/${ids.businessAccount}/subscribed_apps`, { json: override('/waba') });
	expect(await pathOf('two')).toBe('/waba');
	await simulator.graph(`/${ids.phoneNumber}`, {
		json: { webhook_configuration: override('/number') },
	});
	expect(await pathOf('three')).toBe('/number');
	const number = await simulator.graph(`/${ids.phoneNumber}?fields=webhook_configuration`);
	expect(number.body).toEqual({
		id: ids.phoneNumber,
		webhook_configuration: {
			phone_number: `${callback.url}/number`,
			whatsapp_business_account: `${callback.url}/waba`,
			application: `${callback.url}/app`,
		},
	});
	await simulator.graph(`/${ids.phoneNumber}`, {
		json: { webhook_configuration: { override_callback_uri: '' } },
	});
	expect(await pathOf('four')).toBe('/waba');
	await simulator.graph(`/${ids.businessAccount}/subscribed_apps`, { method: 'POST' });
	expect(await pathOf('five')).toBe('/app');
});

test('an override of more than 200 characters or without token is refused', async () => {
	const long = `${callback.url}/${'x'.repeat(200)}`;
	for (const json of [
		{ override_callback_uri: long, verify_token: callback.verifyToken },
		{ override_callback_uri: callback.url },
		{ override_callback_uri: 'not-a-url', verify_token: 'x' },
	]) {
		const path = `/${ids.businessAccount}/subscribed_apps`;
		expect((await simulator.graph(path, { json })).status).toBe(400);
	}
});

test('without subscription of the business account nothing is sent', async () => {
	await subscribe(callback.url);
	await simulator.graph(`/${ids.businessAccount}/subscribed_apps`, { method: 'DELETE' });
	await write('into the void');
	expect(await simulator.admin('/webhooks')).toMatchObject({ totals: { deliveries: 0 } });
	await simulator.graph(`/${ids.businessAccount}/subscribed_apps`, { method: 'POST' });
	await write('hello again');
	await callback.until((received) => received.length > 0);
});

test('fields that nobody subscribed to are not sent', async () => {
	await subscribe(callback.url, 'account_update');
	await write('nobody listens');
	expect(await simulator.admin('/webhooks')).toMatchObject({ totals: { deliveries: 0 } });
});

test('anything but 200 is tried again, with growing pauses', async () => {
	await subscribe(callback.url);
	await simulator.admin(
		'/settings',
		{ webhooks: { retryBaseMs: 60_000, maxAttempts: 4 } },
		'PATCH',
	);
	callback.answering = (_webhook, index) => ({ status: [500, 204, 302][index] ?? 200 });
	const id = await write('again and again');
	const pauses: number[] = [];
	for (let attempt = 1; attempt <= 4; attempt++) {
		await callback.until((received) => received.length === attempt);
		const delivery = await deliveryAfter(attempt);
		const next = at(delivery, 'nextAttemptAt');
		if (typeof next !== 'number') break;
		const pauseMs = next - Number(at(await simulator.admin('/clock'), 'now'));
		pauses.push(Math.round(pauseMs / 60_000));
		await simulator.admin('/clock', { ms: Math.max(0, pauseMs) });
	}
	expect(pauses).toEqual([1, 2, 4]);
	expect(callback.messages().map((message) => message['id'])).toEqual([id, id, id, id]);
	expect(new Set(callback.received.map(({ raw }) => raw.toString()))).toHaveProperty('size', 1);
	expect(await deliveryAfter(4)).toMatchObject({
		state: 'delivered',
		attempts: [{ httpStatus: 500 }, { httpStatus: 204 }, { httpStatus: 302 }, { httpStatus: 200 }],
	});
});

/** The only delivery, after this many attempts at it. */
async function deliveryAfter(attempts: number): Promise<unknown> {
	for (;;) {
		const delivery = at(await simulator.admin('/webhooks'), 'data', 0);
		const seen = at(delivery, 'attempts', 'length');
		if (typeof seen === 'number' && seen >= attempts) return delivery;
	}
}

test('a callback that never answers, and one that gives up', async () => {
	await subscribe(callback.url);
	await simulator.admin(
		'/settings',
		{ webhooks: { retryBaseMs: 1, maxAttempts: 2, timeoutMs: 50 } },
		'PATCH',
	);
	callback.answering = () => 'silence';
	await write('hello?');
	const delivery = await deliveryAfter(2);
	expect(delivery).toMatchObject({
		state: 'failed',
		attempts: [{ httpStatus: null, error: 'no answer within 50 ms' }, { httpStatus: null }],
	});
});

test('statuses can come several in one payload', async () => {
	await subscribe(callback.url);
	await simulator.admin(
		'/settings',
		{
			statuses: { sentAfterMs: 1000, deliveredAfterMs: null, readAfterMs: null },
			webhooks: { maxStatusesPerPayload: 10 },
		},
		'PATCH',
	);
	for (let turn = 0; turn < 10; turn++) await simulator.send({ to: `+1555030000${turn}` });
	await simulator.admin('/clock', { ms: 2000 });
	await callback.until(() => callback.statuses().length === 10);
	expect(callback.received).toHaveLength(1);
	expect(at(callback.received[0]?.value, 'contacts', 'length')).toBe(10);
});
