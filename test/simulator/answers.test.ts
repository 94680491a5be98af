import { Callback } from './support/callback';
import { button, buttons, flow, list, row } from './support/interactive';
import type { Json } from './support/json';
import { at, textAt } from './support/json';
import { ids, useSimulator } from './support/simulator';

/** What a customer's taps become: the answers that the business's webhook receives. */

const simulator = useSimulator(['--timing', 'off'], 'first');
let callback: Callback;
beforeAll(async () => {
	callback = await new Callback().start();
	await simulator.admin('/account', { webhook: { callbackUrl: callback.url } }, 'PATCH');
});
afterAll(async () => {
	await callback.stop();
});

const text = (body: string): Json => ({ type: 'text', text: { body } });

const interactive = (type: string, content: Json = {}): Json => ({
	type: 'interactive',
	interactive: { type, [type]: content },
});

test('a button and a row: the title comes from the message, the context names it', async () => {
	const outbound = await simulator.sendId(buttons([button('yes', 'Yes, please')]));
	const reply = await callback.message(
		await simulator.say(interactive('button_reply', { id: 'yes' }), outbound),
	);
	expect(reply).toMatchObject({
		type: 'interactive',
		context: { from: '15550100001', id: outbound },
		interactive: { type: 'button_reply', button_reply: { id: 'yes', title: 'Yes, please' } },
	});
	const menu = await simulator.sendId(list([{ rows: [row('a', { description: 'Alpha' })] }]));
	const choice = await callback.message(
		await simulator.say(interactive('list_reply', { id: 'a' }), menu),
	);
	expect(at(choice, 'interactive', 'list_reply')).toEqual({
		id: 'a',
		title: 'Row a',
		description: 'Alpha',
	});
});

test('a flow: the answer is a text with the token', async () => {
	const outbound = await simulator.sendId(flow({ flow_token: 'token-1' }));
	const reply = interactive('nfm_reply', { response_json: { day: 'Monday' } });
	const message = await callback.message(await simulator.say(reply, outbound));
	expect(at(message, 'interactive', 'nfm_reply')).toMatchObject({ name: 'flow', body: 'Sent' });
	const answer = textAt(message, 'interactive', 'nfm_reply', 'response_json');
	expect(JSON.parse(answer)).toEqual({ flow_token: 'token-1', day: 'Monday' });
});

test('a call permission holds for a week unless it is refused', async () => {
	const given = await callback.message(await simulator.say(interactive('call_permission_reply')));
	const until = at(given, 'interactive', 'call_permission_reply', 'expiration_timestamp');
	expect(Number(until) - Number(given['timestamp'])).toBe(7 * 86_400);
	const refused = await callback.message(
		await simulator.say(interactive('call_permission_reply', { response: 'reject' })),
	);
	expect(at(refused, 'interactive', 'call_permission_reply')).toEqual({
		response: 'reject',
		response_source: 'user_action',
	});
});

test('an order gets its prices from the catalogue', async () => {
	const items = [{ product_retailer_id: 'SKU-ALOE', quantity: 2 }];
	const message = await callback.message(
		await simulator.say({ type: 'order', order: { product_items: items } }),
	);
	expect(message['order']).toEqual({
		catalog_id: ids.catalog,
		text: '',
		product_items: [
			{ product_retailer_id: 'SKU-ALOE', quantity: 2, item_price: 12.5, currency: 'USD' },
		],
	});
});

test.each<[string, Json]>([
	['a template button', { type: 'button', button: { payload: 'p', text: 'Thanks' } }],
	['a place', { type: 'location', location: { latitude: 1.5, longitude: 2.5, name: 'Here' } }],
	[
		'a contact',
		{
			type: 'contacts',
			contacts: [{ name: { formatted_name: 'Ana' }, origin: 'contact_request' }],
		},
	],
	['an edit', { type: 'edit', edit: { original_message_id: 'wamid.1', message: text('new') } }],
	['a withdrawal', { type: 'revoke', revoke: { original_message_id: 'wamid.1' } }],
])('%s comes as it was sent', async (_name, message) => {
	expect(await callback.message(await simulator.say(message))).toMatchObject(message);
});

test('what WhatsApp cannot show comes with an error', async () => {
	const message = await callback.message(await simulator.say({ type: 'unsupported' }));
	expect(message).toMatchObject({ type: 'unsupported', errors: [{ code: 131051 }] });
});
