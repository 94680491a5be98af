import { characters, contentOf, problemsOf } from '../../fixtures/messageProblems';

const good = { template: 'plants', language: 'en_US' };
const problems = (cards: unknown): string[] => problemsOf('sendTemplate', { ...good, cards });
const cardsOf = (cards: unknown): unknown => {
	const { template } = contentOf('sendTemplate', { ...good, cards });
	return (template as { components: { cards: unknown }[] }).components[0]?.cards;
};

const image = { headerType: 'image', headerMediaId: '7' };
const video = { headerType: 'video', headerMediaLink: 'https://example.com/a.mp4' };
const product = { headerProductRetailerId: 'SKU-1', headerCatalogId: '7' };

test.each([
	['one card', [image]],
	['ten cards', Array.from({ length: 10 }, () => image)],
	['a card without a list around it', image],
	['rows of the editor', { card: [image, image] }],
	['products', [product, product]],
	['cards without a header', [{ bodyVariables: ['a'] }, { bodyVariables: ['b'] }]],
	['different links', [video, { ...video, headerMediaLink: 'https://example.com/b.mp4' }]],
])('%s: taken', (_, cards) => expect(problems(cards)).toEqual([]));

test.each([
	[Array.from({ length: 11 }, () => image), 'Cards: can have at most 10 entries, but has 11'],
	[[7], 'Cards › Card 1: must be an object, but is the number 7'],
	[[image, video], 'Cards › Card 2 › Header: must be image, as on the first card, but is video'],
	[[image, {}], 'Cards › Card 2 › Header: must be image, as on the first card, but is none'],
	[[{}, image], 'Cards › Card 2 › Header: must be none, as on the first card, but is image'],
	[[image, { headerType: 'image' }], 'Cards › Card 2 › Input Binary Field: is empty'],
	[
		[{ ...image, bodyVariables: ['a', ''] }],
		'Cards › Card 1 › Body Variables › Variable 2 › Text: is empty',
	],
	[
		[image, { ...image, buttons: [{ type: 'copy_code', code: characters(21) }] }],
		'Cards › Card 2 › Buttons › Button 1 › code: can have at most 20 characters, but has 21',
	],
	[
		[{ ...image, buttons: [{ text: '' }] }],
		'Cards › Card 1 › Buttons › Button 1 › URL Variable: is empty',
	],
])('%j: %s', (cards, message) => expect(problems(cards)[0]).toBe(message));

test('cards are counted from 0, and so are the buttons of each', () => {
	const card = {
		...image,
		bodyVariables: { name: 'Blue Elf' },
		buttons: [
			{ type: 'quick_reply', payload: 'more' },
			{ type: 'url', text: 'blue-elf' },
		],
	};
	const [header, body] = [
		{ type: 'header', parameters: [{ type: 'image', image: { id: '7' } }] },
		{ type: 'body', parameters: [{ type: 'text', text: 'Blue Elf', parameter_name: 'name' }] },
	];
	const buttons = [
		{
			type: 'button',
			sub_type: 'quick_reply',
			index: '0',
			parameters: [{ type: 'payload', payload: 'more' }],
		},
		{
			type: 'button',
			sub_type: 'url',
			index: '1',
			parameters: [{ type: 'text', text: 'blue-elf' }],
		},
	];
	expect(cardsOf([card, card])).toEqual([
		{ card_index: 0, components: [header, body, ...buttons] },
		{ card_index: 1, components: [header, body, ...buttons] },
	]);
});

test('no cards, no carousel', () => {
	expect(contentOf('sendTemplate', { ...good, cards: [] })).toEqual({
		type: 'template',
		template: { name: 'plants', language: { code: 'en_US' } },
	});
});
