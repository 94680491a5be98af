import { Callback } from './support/callback';
import type { Json } from './support/json';
import { at, listAt, textAt } from './support/json';
import { ana, ids, useSimulator } from './support/simulator';
import { code, template } from './support/template';

let callback: Callback;
const simulator = useSimulator(['--timing', 'sent=0,delivered=1,read=2']);
beforeEach(async () => {
	callback = await new Callback().start();
	await simulator.admin('/account', { webhook: { callbackUrl: callback.url } }, 'PATCH');
});
afterEach(async () => await callback.stop());

type Parts = Record<string, unknown>;

const setClock = async (now: string): Promise<unknown> => await simulator.admin('/clock', { now });
const hours = async (count: number): Promise<unknown> =>
	await simulator.admin('/clock', { ms: count * 3_600_000 });
const waba = async (parts: Parts): Promise<unknown> =>
	await simulator.admin(
		'/account',
		{ businessAccounts: { [ids.businessAccount]: parts } },
		'PATCH',
	);

const write = async (parts: Parts = {}): Promise<unknown> =>
	await simulator.admin('/chat/messages', {
		phoneNumberId: ids.phoneNumber,
		customer: ana,
		message: { type: 'text', text: { body: 'Hi' }, ...parts },
	});

/** A message's status as the business receives it. */
async function statusOf(messageId: string, status: string): Promise<Json> {
	const find = (): Json | undefined =>
		callback.statuses().find((entry) => entry['id'] === messageId && entry['status'] === status);
	await callback.until(() => find() !== undefined);
	return find() ?? {};
}

async function send(parts: Parts = {}, endpoint = 'messages'): Promise<string> {
	const json = { messaging_product: 'whatsapp', to: `+${ana}`, type: 'text', text: { body: 'x' } };
	const answer = await simulator.graph(`/${ids.phoneNumber}/${endpoint}`, {
		json: { ...json, ...parts },
	});
	return textAt(answer.body, 'messages', 0, 'id');
}

const priceOf = async (parts: Parts = {}, endpoint?: string): Promise<unknown[]> => {
	const pricing = at(await statusOf(await send(parts, endpoint), 'sent'), 'pricing');
	return [at(pricing, 'category'), at(pricing, 'type'), at(pricing, 'billable')];
};

const utility = template('hello_world');
const marketing = template('catalog_invite', [
	{ type: 'body', parameters: [{ type: 'text', text: 'Ana' }] },
]);
const authentication = template('login_code', code('123456'));

/** Numbers use up their free messages with one customer after another. */
async function useUp(count: number): Promise<void> {
	// Nobody needs their statuses, and a thousand webhooks take a while.
	await simulator.admin('/settings', { statuses: { enabled: false } }, 'PATCH');
	for (let sent = 0; sent < count; sent += 50) {
		const batch = Array.from({ length: Math.min(50, count - sent) }, () => simulator.send());
		for (const { status } of await Promise.all(batch)) expect(status).toBe(200);
	}
	await simulator.admin('/settings', { statuses: { enabled: true } }, 'PATCH');
}

describe.each([
	['the last minute of the old rule', '2026-10-01T06:59:00Z', 'free_customer_service', false],
	['the first minute of the new one', '2026-10-01T07:01:00Z', 'regular', true],
])('in %s', (_when, now, type, billable) => {
	test('utility in the window', async () => {
		await setClock(now);
		await write();
		expect(await priceOf(utility)).toEqual(['utility', type, billable]);
		expect(await priceOf({ category: 'utility' })).toEqual(['utility', type, billable]);
	});

	test('what is always charged, and utility beyond the window', async () => {
		await setClock(now);
		expect(await priceOf(utility)).toEqual(['utility', 'regular', true]);
		await write();
		expect(await priceOf(marketing)).toEqual(['marketing', 'regular', true]);
		expect(await priceOf(authentication)).toEqual(['authentication', 'regular', true]);
		expect(await priceOf(marketing, 'marketing_messages')).toEqual([
			'marketing_lite',
			'regular',
			true,
		]);
	});

	test('the service messages after the first thousand', async () => {
		await setClock(now);
		await useUp(999);
		expect(await priceOf()).toEqual(['service', 'free_customer_service', false]);
		expect(await priceOf()).toEqual(['service', type, billable]);
	});
});

test('the free service messages are of a number and a month', async () => {
	await setClock('2026-11-30T12:00:00Z');
	await useUp(1000);
	expect(await priceOf()).toEqual(['service', 'regular', true]);
	const other = await simulator.graph(`/${ids.secondPhoneNumber}/messages`, {
		json: { messaging_product: 'whatsapp', to: `+${ana}`, type: 'text', text: { body: 'x' } },
	});
	const status = await statusOf(textAt(other.body, 'messages', 0, 'id'), 'sent');
	expect(at(status, 'pricing', 'billable')).toBe(false);
	await setClock('2026-12-01T08:00:01Z');
	expect(await priceOf()).toEqual(['service', 'free_customer_service', false]);
});

test('a message that fails takes none of the free ones', async () => {
	await setClock('2026-11-10T00:00:00Z');
	await useUp(999);
	const failing = await send({ to: '+19990131026' });
	expect(await statusOf(failing, 'failed')).not.toHaveProperty('pricing');
	expect(await priceOf()).toEqual(['service', 'free_customer_service', false]);
});

describe('a free entry point', () => {
	const free = ['referral_conversion', 'free_entry_point', false];
	const ad = { referral: { source_type: 'ad', source_id: '1', source_url: 'https://fb.me/x' } };

	test('opens with the answer and ends after 72 hours', async () => {
		await setClock('2026-11-10T00:00:00Z');
		await write(ad);
		await hours(23);
		const id = await send(utility);
		const status = await statusOf(id, 'sent');
		expect(status).toMatchObject({
			pricing: { category: 'referral_conversion', type: 'free_entry_point', billable: false },
			conversation: { origin: { type: 'referral_conversion' } },
		});
		const ends = Number(at(status, 'conversation', 'expiration_timestamp'));
		expect(ends - Number(status['timestamp'])).toBe(72 * 3600);
		expect(await statusOf(id, 'read')).toMatchObject({
			conversation: { id: at(status, 'conversation', 'id') },
		});
		await hours(71);
		expect(await priceOf(marketing)).toEqual(free);
		expect(await priceOf()).toEqual(free);
		await hours(2);
		expect(await priceOf(marketing)).toEqual(['marketing', 'regular', true]);
	});

	test('does not open with an answer after a day, or without a click', async () => {
		await write(ad);
		await hours(24);
		expect(await priceOf(utility)).toEqual(['utility', 'regular', true]);
		await write();
		expect(await priceOf(utility)).toEqual(['utility', 'regular', true]);
	});
});

test('codes to another country cost the international rate, where that holds', async () => {
	const code_ = async (to: string): Promise<unknown> =>
		(await priceOf({ ...authentication, to }))[0];
	await setClock('2026-11-10T00:00:00Z');
	expect(await code_('+919812345678')).toBe('authentication');
	await waba({ authInternationalSince: '2026-01-01' });
	expect(await code_('+919812345678')).toBe('authentication_international');
	expect(await code_('+8801712345678')).toBe('authentication_international');
	expect(await code_('+4915550200003')).toBe('authentication');
	await waba({ primaryBusinessLocation: 'IN' });
	expect(await code_('+919812345678')).toBe('authentication');
	const node = await simulator.graph(
		`/${ids.businessAccount}?fields=auth_international_rate_eligibility,primary_business_location`,
	);
	expect(node.body).toMatchObject({
		primary_business_location: 'IN',
		auth_international_rate_eligibility: { start_time: 1_767_225_600 },
	});
});

test('the country of Bangladesh has its rate since October alone', async () => {
	await waba({ authInternationalSince: '2026-01-01' });
	await setClock('2026-09-15T00:00:00Z');
	expect((await priceOf({ ...authentication, to: '+8801712345678' }))[0]).toBe('authentication');
});

test('a general-purpose AI has a category of its own, and another name in the analytics', async () => {
	await waba({ offersGeneralPurposeAi: true });
	const id = await send();
	expect(await statusOf(id, 'read')).toBeDefined();
	expect(at(await statusOf(id, 'sent'), 'pricing', 'category')).toBe('general_purpose_ai');
	const now = Math.floor(Date.now() / 1000);
	const analytics = await simulator.graph(
		`/${ids.businessAccount}/pricing_analytics?start=${now - 3600}&end=${now + 3600}&granularity=DAILY` +
			'&dimensions=PRICING_CATEGORY,PRICING_TYPE&pricing_categories=AI_BOT',
	);
	expect(listAt(analytics.body, 'data', 0, 'data_points')).toMatchObject([
		{ pricing_category: 'AI_BOT', pricing_type: 'REGULAR', volume: 1, cost: 0.01 },
	]);
});

test('what costs is not delivered where nobody pays', async () => {
	await setClock('2026-11-10T00:00:00Z');
	await waba({ hasPaymentMethod: false });
	expect(await statusOf(await send(utility), 'failed')).toMatchObject({
		errors: [{ code: 131042 }],
	});
	expect(await priceOf()).toEqual(['service', 'free_customer_service', false]);
});

test('a template with a maximum price tells what it has cost', async () => {
	const capped = template('price_capped');
	const refused = await simulator.send(capped);
	expect([refused.status, at(refused.body, 'error', 'code')]).toEqual([400, 131061]);
	const id = await send(capped, 'marketing_messages');
	expect(at(await statusOf(id, 'delivered'), 'pricing', 'cost')).toEqual({
		amount: 0.0185,
		currency: 'USD',
	});
	expect(at(await statusOf(id, 'sent'), 'pricing', 'cost')).toBeUndefined();
});

test('the clock goes to a moment, and back', async () => {
	const now = async (): Promise<number> => Number(at(await simulator.admin('/clock'), 'now'));
	await setClock('2030-05-01T00:00:00+02:00');
	expect(Math.abs((await now()) - Date.UTC(2030, 3, 30, 22))).toBeLessThan(60_000);
	await simulator.admin('/clock', { now: 1_700_000_000_000 });
	expect(Math.abs((await now()) - 1_700_000_000_000)).toBeLessThan(60_000);
	await expect(simulator.admin('/clock', { now: 1, ms: 1 })).rejects.toThrow('either ms or now');
	await expect(simulator.admin('/clock', { now: 'soon' })).rejects.toThrow('400');
});

test('a version ends on its day', async () => {
	const answers = async (version: string): Promise<number> =>
		(
			await fetch(`${simulator.url}/${version}/me`, {
				headers: { authorization: 'Bearer SIMULATOR_ACCESS_TOKEN' },
			})
		).status;
	await setClock('2026-09-23T23:59:00Z');
	expect([await answers('v20.0'), await answers('v27.0')]).toEqual([200, 200]);
	await setClock('2026-09-24T00:01:00Z');
	expect([await answers('v20.0'), await answers('v21.0')]).toEqual([400, 200]);
	await setClock('2027-01-21T00:01:00Z');
	expect([await answers('v21.0'), await answers('v22.0')]).toEqual([400, 200]);
});
