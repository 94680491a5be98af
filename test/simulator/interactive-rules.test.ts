import {
	button,
	buttons,
	carousel,
	ctaUrl,
	flow,
	interactive,
	list,
	mediaCard,
	named,
	order,
	orderStatus,
	product,
	productCard,
	productList,
	productSection,
	row,
} from './support/interactive';
import { at } from './support/json';
import { useSimulator } from './support/simulator';

const simulator = useSimulator(['--timing', 'off']);

type Parts = Record<string, unknown>;

async function outcome(parts: Parts): Promise<unknown> {
	const answer = await simulator.send(parts);
	return answer.status === 200 ? 200 : at(answer.body, 'error', 'code');
}

const many = <T>(count: number, make: (index: number) => T): T[] =>
	Array.from({ length: count }, (_, index) => make(index));
const header = (type: string, content: unknown): Parts => ({ header: { type, [type]: content } });
const link = 'https://example.com/file';
const quickReplies = (count: number): Parts => ({
	action: {
		buttons: many(count, (index) => ({
			type: 'quick_reply',
			quick_reply: { id: `q${index}`, title: `Q${index}` },
		})),
	},
});
const soon = (seconds: number): Parts => ({
	expiration: { timestamp: String(Math.floor(Date.now() / 1000) + seconds), description: 'x' },
});

test.each<[string, Parts]>([
	['3 buttons', buttons([button('a'), button('b'), button('c')])],
	['a button at its limits', buttons([button('x'.repeat(256), 'y'.repeat(20))])],
	['a title of 20 emoji', buttons([button('a', '🌵'.repeat(20))])],
	['buttons with text header', buttons([button('a')], header('text', 'x'.repeat(60)))],
	['buttons with image', buttons([button('a')], header('image', { link }))],
	['buttons with document', buttons([button('a')], header('document', { link, filename: 'a' }))],
	['buttons with footer', buttons([button('a')], { footer: { text: 'x'.repeat(60) } })],
	[
		'a list of 10 rows in 2 sections',
		list([
			{ title: 'A', rows: many(5, (index) => row(`a${index}`)) },
			{ title: 'B', rows: many(5, (index) => row(`b${index}`)) },
		]),
	],
	[
		'a list at its limits',
		list(
			[{ rows: [{ id: 'i'.repeat(200), title: 't'.repeat(24), description: 'd'.repeat(72) }] }],
			{ body: { text: 'x'.repeat(4096) } },
		),
	],
	['10 sections', list(many(10, (index) => ({ title: `S${index}`, rows: [row(`${index}`)] })))],
	['a link', ctaUrl({ display_text: 'x'.repeat(20), url: link })],
	['a request for the location', named('location_request_message', 'send_location')],
	['a request for the number', named('request_contact_info', 'request_contact_info')],
	['a flow', flow({})],
	['a flow by name', flow({ flow_id: undefined, flow_name: 'appointment_booking' })],
	[
		'a flow with its first screen',
		flow({
			flow_action: 'navigate',
			flow_action_payload: { screen: 'DATE', data: { day: 1 } },
		}),
	],
	['a draft', flow({ flow_id: '600000000000002', mode: 'draft' })],
	['a catalogue', named('catalog_message', 'catalog_message')],
	[
		'a catalogue with picture',
		named(
			'catalog_message',
			'catalog_message',
			{},
			{
				thumbnail_product_retailer_id: 'SKU-POT',
			},
		),
	],
	['a product', product({})],
	['a product with words', product({}, { body: { text: 'Look' }, footer: { text: 'x' } })],
	['30 products', productList([productSection(20), productSection(10, 'Pots')])],
	['a carousel', carousel([mediaCard(0), mediaCard(1)])],
	['a carousel of 10', carousel(many(10, (index) => mediaCard(index)))],
	['quick replies on cards', carousel(many(2, (index) => mediaCard(index, quickReplies(2))))],
	['cards without words', carousel(many(2, (index) => mediaCard(index, { body: undefined })))],
	['a carousel of products', carousel([productCard(0), productCard(1, 'SKU-JADE')])],
	['an address', named('address_message', 'address_message', {}, { country: 'IN' })],
	['an address in Singapore', named('address_message', 'address_message', {}, { country: 'SG' })],
	[
		'a call button',
		named('voice_call', 'voice_call', {}, { display_text: 'Call', ttl_minutes: 43200 }),
	],
	['a bare call button', named('voice_call', 'voice_call')],
	[
		'a call permission',
		named('call_permission_request', 'call_permission_request', { body: undefined }),
	],
	['an order', order()],
	['an order that ends in six minutes', order({}, soon(360))],
	['a sum in Brazil without items', order({ currency: 'BRL', order: undefined })],
	['the state of an order', orderStatus('shipped')],
	[
		'the state of a payment alone',
		named(
			'order_status',
			'review_order',
			{},
			{
				reference_id: 'order-1',
				payment: { status: 'captured' },
			},
		),
	],
])('taken: %s', async (_name, parts) => {
	expect(await outcome(parts)).toBe(200);
});

test.each<[string, Parts, number]>([
	['an unknown kind', interactive({ type: 'slot_machine' }), 131009],
	['no kind', interactive({}), 131008],
	['no buttons', buttons([]), 131009],
	['4 buttons', buttons(['a', 'b', 'c', 'd'].map((id) => button(id))), 131009],
	['two buttons of one ID', buttons([button('a', 'A'), button('a', 'B')]), 131009],
	['two buttons of one title', buttons([button('a', 'A'), button('b', 'A')]), 131009],
	['an ID of 257 characters', buttons([button('x'.repeat(257), 'A')]), 131009],
	['an ID with a space at its end', buttons([button('a ', 'A')]), 131009],
	['a title of 21 characters', buttons([button('a', 'x'.repeat(21))]), 131009],
	['an empty title', buttons([button('a', '')]), 131009],
	[
		'a body of 1025 characters',
		buttons([button('a')], { body: { text: 'x'.repeat(1025) } }),
		131009,
	],
	['no body', buttons([button('a')], { body: undefined }), 131008],
	[
		'a footer of 61 characters',
		buttons([button('a')], { footer: { text: 'x'.repeat(61) } }),
		131009,
	],
	['a header of 61 characters', buttons([button('a')], header('text', 'x'.repeat(61))), 131009],
	['a header with ID and link', buttons([button('a')], header('image', { id: '1', link })), 131009],
	['a header with sound', buttons([button('a')], header('audio', { link })), 131009],
	[
		'11 rows in 2 sections',
		list([
			{ title: 'A', rows: many(6, (index) => row(`a${index}`)) },
			{ title: 'B', rows: many(5, (index) => row(`b${index}`)) },
		]),
		131009,
	],
	[
		'11 sections',
		list(many(11, (index) => ({ title: `S${index}`, rows: [row(`${index}`)] }))),
		131009,
	],
	[
		'two rows of one ID',
		list([
			{ title: 'A', rows: [row('a')] },
			{ title: 'B', rows: [row('a')] },
		]),
		131009,
	],
	['two sections without titles', list([{ rows: [row('a')] }, { rows: [row('b')] }]), 131008],
	['a section without rows', list([{ title: 'A', rows: [] }]), 131009],
	['a row title of 25', list([{ rows: [row('a', { title: 'x'.repeat(25) })] }]), 131009],
	[
		'a row description of 73',
		list([{ rows: [row('a', { description: 'x'.repeat(73) })] }]),
		131009,
	],
	['a row ID of 201', list([{ rows: [row('x'.repeat(201))] }]), 131009],
	['a section title of 25', list([{ title: 'x'.repeat(25), rows: [row('a')] }]), 131009],
	['a list with picture', list([{ rows: [row('a')] }], header('image', { link })), 131009],
	[
		'a list body of 4097',
		list([{ rows: [row('a')] }], { body: { text: 'x'.repeat(4097) } }),
		131009,
	],
	['a link text of 21', ctaUrl({ display_text: 'x'.repeat(21), url: link }), 131009],
	['a link that is none', ctaUrl({ display_text: 'x', url: 'example.com' }), 131009],
	['a link without text', ctaUrl({ url: link }), 131008],
	['a wrong action', named('location_request_message', 'cta_url'), 131009],
	['a flow with ID and name', flow({ flow_name: 'x' }), 131009],
	['a flow with neither', flow({ flow_id: undefined }), 131008],
	['an unknown flow', flow({ flow_id: '1' }), 131009],
	['a draft as published', flow({ flow_id: '600000000000002' }), 131009],
	['an old flow version', flow({ flow_message_version: '2' }), 131009],
	['a flow button of 31', flow({ flow_cta: 'x'.repeat(31) }), 131009],
	[
		'a payload with data_exchange',
		flow({ flow_action: 'data_exchange', flow_action_payload: {} }),
		131009,
	],
	['a payload without screen', flow({ flow_action_payload: { data: { a: 1 } } }), 131008],
	['a payload with empty data', flow({ flow_action_payload: { screen: 'A', data: {} } }), 131009],
	['an unknown product', product({ product_retailer_id: 'SKU-NONE' }), 131009],
	['an unknown catalogue', product({ catalog_id: '1' }), 131009],
	['a product with header', product({}, header('text', 'x')), 131009],
	['31 products', productList([productSection(20), productSection(11, 'Pots')]), 131009],
	['products without header', productList([productSection(1)], { header: undefined }), 131008],
	['one card', carousel([mediaCard(0)]), 131009],
	['11 cards', carousel(many(11, (index) => mediaCard(index % 10))), 131009],
	['two cards of one index', carousel([mediaCard(0), mediaCard(0)]), 131009],
	['a card of index 10', carousel([mediaCard(0), mediaCard(10)]), 131009],
	['picture and film', carousel([mediaCard(0), mediaCard(1, header('video', { link }))]), 131009],
	[
		'a card of 161',
		carousel([mediaCard(0), mediaCard(1, { body: { text: 'x'.repeat(161) } })]),
		131009,
	],
	[
		'a card of four lines',
		carousel([mediaCard(0), mediaCard(1, { body: { text: 'a\nb\nc\nd' } })]),
		131009,
	],
	[
		'cards of one and two buttons',
		carousel([mediaCard(0, quickReplies(1)), mediaCard(1, quickReplies(2))]),
		131009,
	],
	[
		'a carousel with footer',
		carousel([mediaCard(0), mediaCard(1)], { footer: { text: 'x' } }),
		131009,
	],
	['products and pictures', carousel([mediaCard(0), productCard(1)]), 131009],
	[
		'an address elsewhere',
		named('address_message', 'address_message', {}, { country: 'DE' }),
		131009,
	],
	['a call of 31 days', named('voice_call', 'voice_call', {}, { ttl_minutes: 43201 }), 131009],
	[
		'a call payload of 513',
		named('voice_call', 'voice_call', {}, { payload: 'x'.repeat(513) }),
		131009,
	],
	[
		'a call permission with footer',
		named('call_permission_request', 'call_permission_request', { footer: { text: 'x' } }),
		131009,
	],
	['an order of 36 characters', order({ reference_id: 'x'.repeat(36) }), 131009],
	['an order with a space', order({ reference_id: 'a b' }), 131009],
	['an order in rupees', order({ total_amount: { value: 1, offset: 1 } }), 131009],
	['a sum in India without items', order({ order: undefined }), 131008],
	['an order without items', order({}, { items: [] }), 131009],
	['an order that ends in a minute', order({}, soon(60)), 131009],
	['an unknown state', orderStatus('lost'), 131009],
])('refused: %s', async (_name, parts, code) => {
	expect(await outcome(parts)).toBe(code);
});

test('an order comes once, and what is over stays over', async () => {
	expect([await outcome(order()), await outcome(order())]).toEqual([200, 131009]);
	expect(await outcome(orderStatus('completed'))).toBe(200);
	expect(await outcome(orderStatus('shipped'))).toBe(2046);
	expect(await outcome(orderStatus('shipped', 'order-2'))).toBe(200);
});
