/** One message from the business for each type that the page draws, with valid bodies. */

import type { Json } from './running-simulator';

/** Media IDs that the messages refer to. */
export interface SampleMedia {
	image: string;
	video: string;
	audio: string;
	voice: string;
	document: string;
	sticker: string;
}

const catalogId = '500000000000001';
const text = (body: string): Json => ({ text: body });

function interactive(type: string, parts: Json): Json {
	return { type: 'interactive', interactive: { type, ...parts } };
}

function template(name: string, components: Json[], language = 'en_US'): Json {
	return { type: 'template', template: { name, language: { code: language }, components } };
}

const order = {
	reference_id: 'ORDER-1042',
	type: 'digital-goods',
	payment_type: 'upi',
	payment_configuration: 'my-payment-config',
	currency: 'INR',
	total_amount: { value: 2150, offset: 100 },
	order: {
		status: 'pending',
		items: [
			{
				retailer_id: 'SKU-ALOE',
				name: 'Aloe vera',
				amount: { value: 1000, offset: 100 },
				quantity: 2,
			},
		],
		subtotal: { value: 2000, offset: 100 },
		tax: { value: 150, offset: 100, description: 'GST' },
	},
};

/** By a name that identifies the type; they lack `to`. */
export function sampleMessages(media: SampleMedia): Record<string, Json> {
	const image = { type: 'image', image: { id: media.image } };
	return {
		text: { type: 'text', text: { body: 'See https://example.com/a', preview_url: true } },
		longText: { type: 'text', text: { body: 'All of our terms. '.repeat(120) } },
		image: { type: 'image', image: { id: media.image, caption: 'A *red* pixel' } },
		video: { type: 'video', video: { id: media.video } },
		audio: { type: 'audio', audio: { id: media.audio } },
		voice: { type: 'audio', audio: { id: media.voice, voice: true } },
		document: { type: 'document', document: { id: media.document, filename: 'Invoice.pdf' } },
		sticker: { type: 'sticker', sticker: { id: media.sticker } },
		location: {
			type: 'location',
			location: { latitude: 38.70764, longitude: -9.13655, name: 'Square', address: 'Lisbon' },
		},
		contacts: {
			type: 'contacts',
			contacts: [
				{
					name: { formatted_name: 'John Smith', first_name: 'John', last_name: 'Smith' },
					phones: [{ phone: '+1 555 010 0199', type: 'WORK' }],
					emails: [{ email: 'john@example.com', type: 'WORK' }],
				},
			],
		},
		button: interactive('button', {
			header: image,
			body: text('Tuesday at 10:30?'),
			footer: text('Answer any time'),
			action: {
				buttons: [
					{ type: 'reply', reply: { id: 'yes', title: 'Yes' } },
					{ type: 'reply', reply: { id: 'no', title: 'No' } },
				],
			},
		}),
		list: interactive('list', {
			header: { type: 'text', text: 'Times' },
			body: text('Pick one'),
			action: {
				button: 'Show times',
				sections: [
					{ title: 'Monday', rows: [{ id: 'm9', title: '09:00', description: 'With Ana' }] },
					{ title: 'Tuesday', rows: [{ id: 't9', title: '11:00' }] },
				],
			},
		}),
		ctaUrl: interactive('cta_url', {
			body: text('Book online'),
			action: {
				name: 'cta_url',
				parameters: { display_text: 'Open', url: 'https://example.com/book' },
			},
		}),
		locationRequest: interactive('location_request_message', {
			body: text('Where to?'),
			action: { name: 'send_location' },
		}),
		contactRequest: interactive('request_contact_info', {
			body: text('Your number?'),
			action: { name: 'request_contact_info' },
		}),
		flow: interactive('flow', {
			body: text('Book a visit'),
			action: {
				name: 'flow',
				parameters: {
					flow_message_version: '3',
					flow_cta: 'Start',
					flow_id: '600000000000001',
					flow_token: 'TOKEN-1',
					flow_action: 'navigate',
					flow_action_payload: { screen: 'DATE', data: { day: 'Monday' } },
				},
			},
		}),
		address: interactive('address_message', {
			body: text('Where do you live?'),
			action: { name: 'address_message', parameters: { country: 'IN' } },
		}),
		voiceCall: interactive('voice_call', {
			body: text('Call us'),
			action: { name: 'voice_call', parameters: { display_text: 'Call now', ttl_minutes: 60 } },
		}),
		callPermission: interactive('call_permission_request', {
			body: text('May we call?'),
			action: { name: 'call_permission_request' },
		}),
		mediaCarousel: interactive('carousel', {
			body: text('Plants'),
			action: {
				cards: [0, 1].map((index) => ({
					card_index: index,
					type: 'cta_url',
					header: image,
					body: text(`Plant ${String(index)}`),
					action: {
						name: 'cta_url',
						parameters: { display_text: `Buy ${String(index)}`, url: 'https://example.com/buy' },
					},
				})),
			},
		}),
		productCarousel: interactive('carousel', {
			body: text('New'),
			action: {
				cards: ['SKU-ALOE', 'SKU-JADE'].map((retailerId, index) => ({
					card_index: index,
					type: 'product',
					action: { product_retailer_id: retailerId, catalog_id: catalogId },
				})),
			},
		}),
		orderDetails: interactive('order_details', {
			body: text('Your order'),
			action: { name: 'review_and_pay', parameters: order },
		}),
		orderStatus: interactive('order_status', {
			body: text('On its way'),
			action: {
				name: 'review_order',
				parameters: { reference_id: 'ORDER-1042', order: { status: 'processing' } },
			},
		}),
		product: interactive('product', {
			body: text('This one?'),
			action: { catalog_id: catalogId, product_retailer_id: 'SKU-ALOE' },
		}),
		productList: interactive('product_list', {
			header: { type: 'text', text: 'Our plants' },
			body: text('Choose'),
			action: {
				catalog_id: catalogId,
				sections: [
					{
						title: 'Easy ones',
						product_items: [
							{ product_retailer_id: 'SKU-ALOE' },
							{ product_retailer_id: 'SKU-JADE' },
						],
					},
				],
			},
		}),
		catalog: interactive('catalog_message', {
			body: text('All we have'),
			action: { name: 'catalog_message' },
		}),
		templateImage: template('order_update', [
			{ type: 'header', parameters: [image] },
			{
				type: 'body',
				parameters: [
					{ type: 'text', text: 'Ana' },
					{ type: 'text', text: 'A-77' },
				],
			},
			{
				type: 'button',
				sub_type: 'quick_reply',
				index: '0',
				parameters: [{ type: 'payload', payload: 'THANKS_77' }],
			},
			{
				type: 'button',
				sub_type: 'quick_reply',
				index: '1',
				parameters: [{ type: 'payload', payload: 'HELP_77' }],
			},
			{
				type: 'button',
				sub_type: 'url',
				index: '2',
				parameters: [{ type: 'text', text: 'A-77' }],
			},
		]),
		templateNamed: template('appointment_reminder', [
			{ type: 'header', parameters: [{ type: 'text', parameter_name: 'first_name', text: 'Ana' }] },
			{
				type: 'body',
				parameters: [
					{ type: 'text', parameter_name: 'day', text: 'Friday' },
					{ type: 'text', parameter_name: 'time', text: '14:15' },
				],
			},
		]),
		templateCode: template('login_code', [
			{ type: 'body', parameters: [{ type: 'text', text: '482913' }] },
			{
				type: 'button',
				sub_type: 'url',
				index: '0',
				parameters: [{ type: 'text', text: '482913' }],
			},
		]),
		templateLocation: template('store_location', [
			{
				type: 'header',
				parameters: [
					{
						type: 'location',
						location: {
							latitude: '37.48',
							longitude: '-122.14',
							name: 'Shop',
							address: 'Hill Way 1',
						},
					},
				],
			},
			{ type: 'body', parameters: [{ type: 'text', text: 'Ana' }] },
		]),
		templateOffer: template('limited_offer', [
			{ type: 'header', parameters: [image] },
			{ type: 'body', parameters: [{ type: 'text', text: '25' }] },
			{
				type: 'limited_time_offer',
				parameters: [
					{
						type: 'limited_time_offer',
						limited_time_offer: { expiration_time_ms: Date.now() + 86_400_000 },
					},
				],
			},
			{
				type: 'button',
				sub_type: 'copy_code',
				index: '0',
				parameters: [{ type: 'coupon_code', coupon_code: 'PLANT25' }],
			},
			{
				type: 'button',
				sub_type: 'url',
				index: '1',
				parameters: [{ type: 'text', text: 'PLANT25' }],
			},
		]),
	};
}
