import { characters, problemsOf } from '../../../fixtures/messageProblems';

const card = (values: Record<string, unknown> = {}) => ({
	mediaLink: 'https://example.com/a.jpeg',
	buttonText: 'Buy',
	url: 'https://example.com',
	...values,
});
const reply = (number: number) => ({ id: `id ${number}`, title: `Reply ${number}` });
const replies = (count: number) => ({
	mediaLink: 'https://example.com/a.jpeg',
	buttons: Array.from({ length: count }, (_, index) => reply(index)),
});

const problems = (values: Record<string, unknown>): string[] =>
	problemsOf('sendInteractive', {
		interactiveType: 'carousel',
		body: 'Look',
		cards: [card(), card()],
		...values,
	});
/** Problems of a second card with these values, next to a valid one. */
const cardProblems = (values: Record<string, unknown>): string[] =>
	problems({ cards: [card(), card(values)] });

test.each([
	['a body of 1,024 characters', { body: characters(1024) }],
	['ten cards', { cards: Array.from({ length: 10 }, () => card()) }],
	['two quick replies on each', { cards: [replies(2), replies(2)] }],
	['three quick replies on each', { cards: [replies(3), replies(3)] }],
	['equal quick replies on two cards', { cards: [replies(1), replies(1)] }],
	['videos', { cardHeaderType: 'video' }],
	[
		'videos that the cards name',
		{ cards: [card({ headerType: 'video' }), card({ headerType: 'video' })] },
	],
])('%s is taken', (_, values) => expect(problems(values)).toEqual([]));

test.each([
	['a text of 160 characters', { body: characters(160) }],
	['two line breaks', { body: 'a\n\nb' }],
	['two line breaks as Windows writes them', { body: 'a\r\n\r\nb' }],
	['no text', { body: '' }],
	['a button of 20 characters', { buttonText: characters(20) }],
	['a media ID', { mediaLink: '', mediaId: 2762702990552401 }],
	['a file of the item', { mediaLink: '', mediaSource: 'binary', binaryField: 'data' }],
])('a card with %s is taken', (_, values) => expect(cardProblems(values)).toEqual([]));

test.each([
	[{ body: characters(1025) }, 'Body: can have at most 1,024 characters, but has 1,025'],
	[{ cards: [] }, 'Cards: needs at least 2 entries, but has 0'],
	[{ cards: [card()] }, 'Cards: needs at least 2 entries, but has 1'],
	[
		{ cards: Array.from({ length: 11 }, () => card()) },
		'Cards: can have at most 10 entries, but has 11',
	],
	[{ cards: [card(), 'b'] }, 'Cards › Card 2: must be an object, but is the text "b"'],
	[
		{ cards: [card(), card({ headerType: 'video' })] },
		'Cards › Card 2: must have an image on top as the first card has, and not a video',
	],
	[
		{ cards: [card(), replies(1)] },
		'Cards › Card 2 › Buttons: must be of the same kind as on the first card: links or quick replies',
	],
	[
		{ cards: [replies(2), replies(2), replies(1)] },
		'Cards › Card 3 › Buttons: must be as many as on the first card, 2, but are 1',
	],
	[
		{ cardHeaderType: 'document' },
		'Card Header: must be one of Image (image), Video (video), but is the text "document"',
	],
	[
		{ cardButtonType: 'call' },
		'Card Buttons: must be one of Link (url), Quick Replies (quickReply), but is the text "call"',
	],
	[
		{ cardButtonType: 'quickReply', cards: [replies(1), { mediaId: 7 }] },
		'Cards › Card 2 › Buttons: is empty',
	],
	[
		{ cards: [replies(1), { mediaId: 7, buttons: [{ id: 'a', title: characters(21) }] }] },
		'Cards › Card 2 › Buttons › Button 1 › Title: can have at most 20 characters, but has 21',
	],
	[
		{ cards: [replies(1), { mediaId: 7, buttons: [{ id: characters(257), title: 'A' }] }] },
		'Cards › Card 2 › Buttons › Button 1 › ID: can have at most 256 characters, but has 257',
	],
	[
		{
			cards: [
				replies(2),
				{
					mediaId: 7,
					buttons: [
						{ id: 'a', title: 'A' },
						{ id: 'a', title: 'A' },
					],
				},
			],
		},
		'Cards › Card 2 › Buttons › Button 2 › ID: is used twice: "a"; each must be different',
		'Cards › Card 2 › Buttons › Button 2 › Title: is used twice: "A"; each must be different',
	],
])('%j: %s', (values, ...messages) => expect(problems(values)).toEqual(messages));

test.each([
	[{ body: characters(161) }, 'Text: can have at most 160 characters, but has 161'],
	[{ body: 'a\nb\nc\nd' }, 'Text: can have at most 2 line breaks, but has 3'],
	[{ buttonText: characters(21) }, 'Button Text: can have at most 20 characters, but has 21'],
	[{ buttonText: '' }, 'Button Text: is empty'],
	[{ url: 'example.com' }, 'URL: must be a web address that begins with https:// or http://'],
	[{ url: '' }, 'URL: is empty'],
	[
		{ mediaLink: 'http://example.com/a.jpeg' },
		'Link: must be a web address that begins with https://',
	],
	[{ mediaId: 7 }, 'Link: and a media ID are both given; give only one of them'],
	[{ mediaSource: 'id' }, 'Media ID: is empty'],
	[
		{ mediaSource: 'file' },
		'File From: must be one of Binary Field (binary), Media ID (id), Link (link), but is the text "file"',
	],
	[{ mediaLink: '' }, 'Input Binary Field: is empty'],
	[{ buttons: [reply(1)] }, 'Buttons: and a link are both given; give only one of them'],
	[
		{ headerType: 'document' },
		'headerType: must be one of image, video, but is the text "document"',
	],
])('a card with %j: %s', (values, message) =>
	expect(cardProblems(values)).toEqual([`Cards › Card 2 › ${message}`]),
);

test('what is wrong with several cards is told at once', () => {
	expect(problems({ cards: [card({ url: '' }), card({ mediaLink: 'x' })] })).toEqual([
		'Cards › Card 1 › URL: is empty',
		'Cards › Card 2 › Link: must be a web address that begins with https://',
	]);
});
