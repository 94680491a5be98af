import { templatesPath, type Parts } from './support/definitions';
import { at, listAt, textAt } from './support/json';
import { ids, useSimulator, type Answer } from './support/simulator';
import { body, header, image, template, track, words } from './support/template';

const simulator = useSimulator([]);

const dayMs = 86_400_000;
const code = (answer: Answer): unknown => at(answer.body, 'error', 'code');
const idNamed = async (name: string): Promise<string> =>
	textAt((await simulator.graph(`${templatesPath}?name=${name}`)).body, 'data', 0, 'id');
const send = async (name: string, components?: Parts[], edge = 'messages'): Promise<string> => {
	const json = {
		messaging_product: 'whatsapp',
		to: '+15550200001',
		...template(name, components),
	};
	const answer = await simulator.graph(`/${ids.phoneNumber}/${edge}`, { json });
	return textAt(answer.body, 'messages', 0, 'id');
};
const setAccount = async (parts: Parts): Promise<unknown> =>
	await simulator.admin(
		'/account',
		{ businessAccounts: { [ids.businessAccount]: parts } },
		'PATCH',
	);

/** Midday, so that minutes before and after belong to the same day. */
const noon = Date.UTC(2026, 10, 20, 12);
const day = Date.UTC(2026, 10, 20) / 1000;

beforeEach(async () => {
	await simulator.admin('/clock', { now: noon });
});

async function ask(query: Record<string, string>): Promise<Answer> {
	const parameters = new URLSearchParams({
		start: String(day),
		end: String(day),
		granularity: 'DAILY',
		...query,
	});
	return await simulator.graph(
		`/${ids.businessAccount}/template_analytics?${parameters.toString()}`,
	);
}
const pointsOf = (answer: Answer): Parts[] => listAt(answer.body, 'data', 0, 'data_points');

test('messages, their statuses, taps and cost are counted by day', async () => {
	const id = await idNamed('order_update');
	const order = [header(image), body(...words('Ana', 'A-1')), track];
	const first = await send('order_update', order);
	await send('order_update', order);
	await simulator.admin('/settings', { statuses: { deliveredAfterMs: null } }, 'PATCH');
	await simulator.admin('/clock', { ms: 2000 });
	await simulator.say({ type: 'button', button: { text: 'Thanks', payload: 'Thanks' } }, first);
	for (let taps = 0; taps < 2; taps++) {
		await simulator.admin('/chat/link', { messageId: first, text: 'Track order' });
	}
	await simulator.admin('/clock', { ms: dayMs });
	await send('order_update', order);
	const answer = await ask({ template_ids: `[${id}]`, end: String(day + 86_400) });
	expect(at(answer.body, 'data', 0)).toMatchObject({
		granularity: 'DAILY',
		product_type: 'cloud_api',
	});
	expect(pointsOf(answer)).toEqual([
		{
			template_id: id,
			start: day,
			end: day + 86_400,
			sent: 2,
			delivered: 2,
			read: 2,
			clicked: [
				{ type: 'quick_reply_button', button_content: 'Thanks', count: 1 },
				{ type: 'url_button', button_content: 'Track order', count: 2 },
				{ type: 'unique_url_button', button_content: 'Track order', count: 1 },
			],
			cost: [
				{ type: 'amount_spent', value: 0.008 },
				{ type: 'cost_per_delivered', value: 0.004 },
				{ type: 'cost_per_url_button_click', value: 0.004 },
			],
		},
		{
			template_id: id,
			start: day + 86_400,
			end: day + 2 * 86_400,
			sent: 1,
			delivered: 0,
			read: 0,
			cost: [{ type: 'amount_spent', value: 0 }],
		},
	]);
});

test('metrics, products and the time zone are chosen', async () => {
	const id = await idNamed('price_capped');
	await send('price_capped', undefined, 'marketing_messages');
	expect(pointsOf(await ask({ template_ids: id }))).toEqual([]);
	const product_type = 'MARKETING_MESSAGES_API_FOR_WHATSAPP';
	const some = await ask({ template_ids: id, product_type, metric_types: 'sent,delivered' });
	expect(Object.keys(pointsOf(some)[0] ?? {})).toEqual([
		'template_id',
		'start',
		'end',
		'sent',
		'delivered',
	]);
	const there = await ask({
		template_ids: id,
		product_type,
		use_waba_timezone: 'true',
		start: '2026-11-20',
		end: '2026-11-20',
	});
	expect(at(there.body, 'data', 0, 'waba_timezone')).toBe('America/Los_Angeles');
	expect(pointsOf(there)).toMatchObject([{ start: '2026-11-20', end: '2026-11-21', sent: 1 }]);
});

test('they come as a field of the account, too', async () => {
	const id = await idNamed('hello_world');
	await send('hello_world');
	const field = `template_analytics.start(${day}).end(${day}).granularity(DAILY).template_ids([${id}])`;
	const answer = await simulator.graph(`/${ids.businessAccount}?fields=${field}`);
	expect(listAt(answer.body, 'template_analytics', 'data', 0, 'data_points')).toMatchObject([
		{ template_id: id, sent: 1 },
	]);
});

test('reads are counted for a week', async () => {
	const id = await idNamed('hello_world');
	await send('hello_world');
	await simulator.admin('/clock', { ms: 8 * dayMs });
	expect(pointsOf(await ask({ template_ids: id }))).toMatchObject([{ delivered: 1, read: 0 }]);
});

test('no taps are counted where tracking is off', async () => {
	const id = await idNamed('order_update');
	const message = await send('order_update', [header(image), body(...words('Ana', 'A-1')), track]);
	await simulator.admin('/chat/link', { messageId: message, text: 'Track order' });
	await simulator.graph(`/${id}`, { json: { cta_url_link_tracking_opted_out: true } });
	expect(pointsOf(await ask({ template_ids: id }))[0]).not.toHaveProperty('clicked');
});

test.each<[string, Record<string, string>]>([
	['hours', { template_ids: '1', granularity: 'HOURLY' }],
	['no template', {}],
	['eleven templates', { template_ids: '1,2,3,4,5,6,7,8,9,10,11' }],
	['an unknown metric', { template_ids: '1', metric_types: 'LOVE' }],
	['an unknown product', { template_ids: '1', product_type: 'SMS' }],
	['an end before the start', { template_ids: '1', end: String(day - 86_400) }],
	['a start of a hundred days ago', { template_ids: '1', start: String(day - 100 * 86_400) }],
	['a timestamp in the account’s time zone', { template_ids: '1', use_waba_timezone: 'true' }],
])('refused: %s', async (_name, query) => {
	expect(code(await ask(query))).toBe(100);
});

test('they must be enabled once, and exist in some countries only', async () => {
	const enable = async (value: string): Promise<Answer> =>
		await simulator.graph(`/${ids.businessAccount}?is_enabled_for_insights=${value}`, {
			method: 'POST',
		});
	await setAccount({ insightsEnabled: false });
	expect(code(await ask({ template_ids: '1' }))).toBe(200007);
	expect((await enable('true')).body).toEqual({ id: ids.businessAccount });
	expect((await ask({ template_ids: '1' })).status).toBe(200);
	expect(code(await enable('false'))).toBe(200006);
	await setAccount({ country: 'DE' });
	expect(code(await ask({ template_ids: '1' }))).toBe(200005);
});
