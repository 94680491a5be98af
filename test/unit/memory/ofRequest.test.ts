import { lineOf } from '../../../nodes/WhatsAppCloud/memory/keptMessage';
import { messageOfRequest } from '../../../nodes/WhatsAppCloud/memory/ofRequest';

const line = (body: Record<string, unknown>, templateText: string | null = null) =>
	lineOf(messageOfRequest(body, 'wamid.1', templateText));

test.each<[string, Record<string, unknown>, string]>([
	['a text', { type: 'text', text: { body: 'Hello' } }, 'Hello'],
	['an image', { type: 'image', image: { id: '1', caption: 'A pot' } }, '[image] A pot'],
	['a voice message', { type: 'audio', audio: { id: '1', voice: true } }, '[voice]'],
	['a document', { type: 'document', document: { filename: 'a.pdf' } }, '[document] a.pdf'],
	[
		'a location',
		{ type: 'location', location: { latitude: 1, longitude: 2, name: 'Shop' } },
		'[location] Shop',
	],
	[
		'buttons',
		{
			type: 'interactive',
			interactive: {
				type: 'button',
				header: { type: 'text', text: 'Order 1042' },
				body: { text: 'Refund it?' },
				footer: { text: 'Lucky Shrub' },
				action: {
					buttons: [
						{ type: 'reply', reply: { id: 'y', title: 'Yes' } },
						{ type: 'reply', reply: { id: 'n', title: 'No' } },
					],
				},
			},
		},
		'Order 1042\nRefund it?\nLucky Shrub\n[Yes] [No]',
	],
	[
		'a list',
		{
			type: 'interactive',
			interactive: {
				type: 'list',
				header: { type: 'image', image: { id: '1' } },
				body: { text: 'Choose' },
				action: {
					button: 'Plants',
					sections: [{ title: 'Green', rows: [{ id: '1', title: 'Fern', description: 'Big' }] }],
				},
			},
		},
		'[image]\nChoose\n[Green] [Fern]',
	],
	[
		'a link',
		{
			type: 'interactive',
			interactive: {
				type: 'cta_url',
				body: { text: 'Your parcel' },
				action: {
					name: 'cta_url',
					parameters: { display_text: 'Track it', url: 'https://shop.example.com' },
				},
			},
		},
		'Your parcel\n[Track it]',
	],
	[
		'a carousel',
		{
			type: 'interactive',
			interactive: {
				type: 'carousel',
				body: { text: 'New plants' },
				action: {
					cards: [
						{
							card_index: 0,
							body: { text: 'Fern' },
							action: { parameters: { display_text: 'Buy' } },
						},
						{ card_index: 1, body: { text: 'Ivy' } },
					],
				},
			},
		},
		'New plants\nFern [Buy] Ivy',
	],
	[
		'a template whose text is not known',
		{
			type: 'template',
			template: {
				name: 'order_update',
				language: { code: 'en' },
				components: [
					{ type: 'header', parameters: [{ type: 'image', image: { id: '1' } }] },
					{ type: 'body', parameters: [{ type: 'text', text: 'Ada' }, { text: '1042' }] },
				],
			},
		},
		'[template order_update] Ada, 1042',
	],
	['a reaction', { type: 'reaction', reaction: { emoji: '👍', message_id: 'x' } }, '[reaction] 👍'],
	['a type that nobody knows', { type: 'hologram', hologram: { body: 'Hi' } }, '[hologram] Hi'],
	['a broken one', { type: 'interactive', interactive: null }, '[interactive]'],
])('%s', (_, body, expected) => {
	expect(line(body)).toBe(expected);
});

test('a template reads as its recipient saw it, where that is known', () => {
	const body = { type: 'template', template: { name: 'order_update' } };
	expect(line(body, 'Dear Ada, it is on its way.')).toBe('Dear Ada, it is on its way.');
});
