import { textAt } from './support/json';
import { useSimulator } from './support/simulator';
import {
	appointment,
	body,
	button,
	card,
	carousel,
	cart,
	code,
	coupon,
	ends,
	header,
	image,
	items,
	link,
	name,
	offer,
	order,
	template,
	track,
	words,
	type Parts,
} from './support/template';

const simulator = useSimulator(['--timing', 'off'], 'first');

test.each<[string, Parts]>([
	['no components at all', template('hello_world')],
	['picture, text and button', template('order_update', order)],
	[
		'words in capitals',
		template('order_update', [
			{ ...header(image), type: 'HEADER' },
			{ ...body(...words('Ana', 'A-1')), type: 'BODY' },
			{ ...track, type: 'BUTTON', sub_type: 'URL', index: '2' },
		]),
	],
	[
		'payloads of quick replies',
		template('order_update', [
			...order,
			button('quick_reply', 0, { type: 'payload', payload: 'x'.repeat(512) }),
			button('quick_reply', 1, { type: 'payload', payload: 'help' }),
		]),
	],
	[
		'money and a date',
		template('order_update', [
			header(image),
			body(
				{ type: 'currency', currency: { fallback_value: '$1', code: 'USD', amount_1000: 1000 } },
				{ type: 'date_time', date_time: { fallback_value: 'May 1st' } },
			),
			track,
		]),
	],
	['named parameters in any order', template('appointment_reminder', appointment)],
	['a carousel', template('summer_carousel', carousel(card(0), card(1), card(2)))],
	['a code in text and button', template('login_code', code('123456'))],
	['an offer that ends', template('limited_offer', offer(coupon('LUCKY20'), ends))],
	[
		'a place',
		template('store_location', [
			header({
				type: 'location',
				location: { latitude: '1', longitude: '2', name: 'Shop', address: 'x' },
			}),
			body(...words('Ana')),
		]),
	],
	['a flow without token', template('booking_flow')],
	[
		'a flow with data',
		template('booking_flow', [
			button('flow', 0, {
				type: 'action',
				action: { flow_token: 't', flow_action_data: { a: 1 } },
			}),
		]),
	],
	['a catalogue', template('catalog_invite', [body(...words('Ana'))])],
	['30 products', template('abandoned_cart', cart({ sections: [items(30)] }))],
	[
		'a document in German',
		template(
			'invoice_document',
			[header({ type: 'document', document: { link, filename: 'a.pdf' } }), body(...words('Anna'))],
			'de',
		),
	],
])('taken: %s', async (_name, parts) => {
	expect(await simulator.outcome(parts)).toBe(200);
});

test.each<[string, Parts, number]>([
	['no name', { type: 'template', template: { language: { code: 'en' } } }, 131008],
	['no language', { type: 'template', template: { name: 'hello_world' } }, 131008],
	['an unknown name', template('hello_mars'), 132001],
	['another language', template('hello_world', undefined, 'de'), 132001],
	['a rejected one', template('rejected_offer'), 132001],
	['a paused one', template('paused_offer'), 132015],
	['a disabled one', template('disabled_offer'), 132016],
	[
		'a wrong policy',
		{
			type: 'template',
			template: { name: 'hello_world', language: { code: 'en_US', policy: 'fallback' } },
		},
		100,
	],
	[
		'one parameter too few',
		template('order_update', [header(image), body(...words('Ana')), track]),
		132000,
	],
	[
		'one parameter too many',
		template('order_update', [header(image), body(...words('a', 'b', 'c')), track]),
		132000,
	],
	['no body', template('order_update', [header(image), track]), 132000],
	['a body twice', template('order_update', [...order, body(...words('a', 'b'))]), 100],
	['a parameter where none is', template('hello_world', [body(...words('x'))]), 132000],
	['no picture', template('order_update', [body(...words('a', 'b')), track]), 132012],
	[
		'a video in the place of a picture',
		template('order_update', [
			header({ type: 'video', video: { link } }),
			body(...words('a', 'b')),
			track,
		]),
		132012,
	],
	[
		'a picture with ID and link',
		template('order_update', [
			header({ type: 'image', image: { id: '1', link } }),
			body(...words('a', 'b')),
			track,
		]),
		131009,
	],
	['no part of the address', template('order_update', order.slice(0, 2)), 131008],
	[
		'the wrong button',
		template('order_update', [...order.slice(0, 2), button('url', 0, ...words('x'))]),
		132012,
	],
	[
		'a button that is not there',
		template('order_update', [...order, button('quick_reply', 7)]),
		132000,
	],
	['a button of index 10', template('order_update', [...order, button('quick_reply', 10)]), 131009],
	['a button twice', template('order_update', [...order, track]), 131009],
	['an unknown kind of button', template('order_update', [...order, button('lever', 0)]), 131009],
	[
		'a payload of 513 characters',
		template('order_update', [
			...order,
			button('quick_reply', 0, { type: 'payload', payload: 'x'.repeat(513) }),
		]),
		131009,
	],
	['an unknown component', template('hello_world', [{ type: 'soundtrack' }]), 100],
	[
		'an empty parameter',
		template('order_update', [header(image), body(...words('', 'b')), track]),
		131008,
	],
	[
		'a parameter that is a number',
		template('order_update', [
			header(image),
			body({ type: 'text', text: 5 }, ...words('b')),
			track,
		]),
		100,
	],
	[
		'money without code',
		template('order_update', [
			header(image),
			body({ type: 'currency', currency: { fallback_value: '$1', amount_1000: 1 } }, ...words('b')),
			track,
		]),
		131008,
	],
	[
		'a text that grows too long',
		template('order_update', [header(image), body(...words('x'.repeat(1024), 'b')), track]),
		132005,
	],
	[
		'numbers in a named template',
		template('appointment_reminder', [
			header(name('first_name', 'Ana')),
			body(...words('Monday', '10:30')),
		]),
		132012,
	],
	[
		'an unknown name of a parameter',
		template('appointment_reminder', [
			header(name('first_name', 'Ana')),
			body(name('day', 'Monday'), name('hour', '10')),
		]),
		132000,
	],
	[
		'a name twice',
		template('appointment_reminder', [
			header(name('first_name', 'Ana')),
			body(name('day', 'Monday'), name('day', 'Tuesday')),
		]),
		132000,
	],
	[
		'names in a numbered template',
		template('order_update', [header(image), body(name('1', 'a'), name('2', 'b')), track]),
		132012,
	],
	['two cards of three', template('summer_carousel', carousel(card(0), card(1))), 132000],
	['no cards', template('summer_carousel', [body(...words('Ana'))]), 132012],
	[
		'cards that are not wanted',
		template('hello_world', [{ type: 'carousel', cards: [card(0)] }]),
		132012,
	],
	[
		'two cards of one index',
		template('summer_carousel', carousel(card(0), card(1), card(1))),
		131009,
	],
	[
		'a card without picture',
		template(
			'summer_carousel',
			carousel(card(0), card(1), {
				card_index: 2,
				components: [body(...words('15')), button('url', 1, ...words('x'))],
			}),
		),
		132012,
	],
	['a code that differs', template('login_code', code('654321')), 132012],
	[
		'a code of 16 characters',
		template('login_code', [
			body(...words('1234567890123456')),
			button('url', 0, ...words('1234567890123456')),
		]),
		131009,
	],
	['a code without button', template('login_code', [body(...words('123456'))]), 131008],
	['an offer without its end', template('limited_offer', offer(coupon('LUCKY20'))), 132012],
	[
		'an offer with a code of 16',
		template('limited_offer', offer(coupon('x'.repeat(16)), ends)),
		131009,
	],
	['an offer where none is', template('hello_world', [ends]), 132012],
	[
		'a coupon of 21',
		template('coupon', [
			body(...words('a', 'b')),
			button('copy_code', 1, { type: 'coupon_code', coupon_code: 'x'.repeat(21) }),
		]),
		131009,
	],
	['31 products', template('abandoned_cart', cart({ sections: [items(20), items(11)] })), 131009],
	[
		'a place without latitude',
		template('store_location', [
			header({ type: 'location', location: { longitude: 1 } }),
			body(...words('Ana')),
		]),
		131008,
	],
])('refused: %s', async (_name, parts, expected) => {
	expect(await simulator.outcome(parts)).toBe(expected);
});

test('the details say what is wrong', async () => {
	const answer = await simulator.send(template('order_update', [header(image), body(), track]));
	expect(textAt(answer.body, 'error', 'error_data', 'details')).toBe(
		'body: number of localizable_params (0) does not match the expected number of params (2)',
	);
});
