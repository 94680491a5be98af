import { characters, contentOf } from '../../../fixtures/messageProblems';
import { componentsOf, good, problems } from './values';

describe('name and language', () => {
	test.each([
		['in two fields', { template: 'order_update', language: 'pt_BR' }, 'pt_BR'],
		['in one value, as the list has it', { template: 'order_update:pt_BR' }, 'pt_BR'],
		['in one value without a language field', { template: 'order_update:de', language: '' }, 'de'],
		['with spaces around', { template: ' order_update ', language: ' de ' }, 'de'],
	])('%s', (_, values, code) =>
		expect(contentOf('sendTemplate', { ...good, ...values })).toEqual({
			type: 'template',
			template: { name: 'order_update', language: { code } },
		}),
	);

	test.each([
		[{ template: '' }, 'Template: is empty'],
		[{ template: undefined }, 'Template: is required'],
		[{ template: {} }, 'Template: must be text, but is an object'],
		[
			{ template: 'Order Update' },
			'Template: can have lower-case letters, digits and underscores only, but is "Order Update"',
		],
		[{ template: characters(513) }, 'Template: can have at most 512 characters, but has 513'],
		[{ language: '' }, 'Language: is empty'],
		[{ language: undefined }, 'Language: is required'],
		[{ template: 'order_update:', language: '' }, 'Language: is empty'],
	])('%j: %s', (values, message) => expect(problems(values)).toEqual([message]));

	test.each([{ template: characters(512) }, { template: 'a_1' }, { template: 7 }])(
		'%j is taken',
		(values) => expect(problems(values)).toEqual([]),
	);
});

describe('header', () => {
	test.each([
		['a variable that an item gives', { headerText: 'Ada' }, 'text'],
		['a place that an item gives', { headerLatitude: 1, headerLongitude: '2' }, 'location'],
		[
			'a product that an item gives',
			{ headerProductRetailerId: 'SKU-1', headerCatalogId: 7 },
			'product',
		],
		['a document that an item gives', { headerFilename: 'a.pdf', headerMediaId: '7' }, 'document'],
		['a chosen kind', { headerType: 'image', headerMediaId: '7' }, 'image'],
	])('%s', (_, values, type) =>
		expect(componentsOf(values)).toMatchObject([{ type: 'header', parameters: [{ type }] }]),
	);

	test.each([{ headerType: 'none', headerText: 'Ada' }, { headerText: '' }, { headerType: '' }])(
		'%j: none',
		(values) => expect(componentsOf(values)).toBeUndefined(),
	);

	test.each([
		[{ headerType: 'text', headerText: '' }, 'Header Variable: is empty'],
		[{ headerType: 'text' }, 'Header Variable: is required'],
		[
			{ headerType: 'sticker' },
			'Header: must be one of Text (text), Image (image), Video (video), GIF (gif), Document (document), Location (location), Product (product), but is the text "sticker"',
		],
		[
			{ headerMediaLink: 'https://example.com/a.png' },
			'Header: is required: image, video, gif or document',
		],
		[{ headerType: 'image' }, 'Input Binary Field: is empty'],
		[
			{ headerType: 'image', headerMediaLink: 'http://example.com/a.png' },
			'Link: must be a web address that begins with https://',
		],
		[
			{ headerType: 'video', headerMediaId: '7', headerMediaLink: 'https://example.com/a.mp4' },
			'Link: and a media ID are both given; give only one of them',
		],
		[
			{ headerType: 'location', headerLatitude: 91, headerLongitude: 0 },
			'Latitude: must be from -90 to 90, but is 91',
		],
		[{ headerType: 'product', headerProductRetailerId: 'SKU-1' }, 'Catalog ID: is required'],
	])('%j: %s', (values, message) => expect(problems(values)).toEqual([message]));

	test('a tiny coordinate has no exponent', () => {
		expect(componentsOf({ headerLatitude: 1e-7, headerLongitude: '0.0000001' })).toMatchObject([
			{ parameters: [{ location: { latitude: '0.000000100000', longitude: '0.000000100000' } }] },
		]);
	});
});
