import { characters, problemsOf, contentOf } from '../../../fixtures/messageProblems';

const good = {
	interactiveType: 'button',
	body: 'Well?',
	buttons: [
		{ id: 'yes', title: 'Yes' },
		{ id: 'no', title: 'No' },
	],
};
const problems = (values: Record<string, unknown>): string[] =>
	problemsOf('sendInteractive', { ...good, ...values });

const button = (number: number) => ({ id: `id ${number}`, title: `Button ${number}` });
const buttons = (count: number) => Array.from({ length: count }, (_, index) => button(index));

test.each([
	['a body of 1,024 characters', { body: characters(1024) }],
	['a footer of 60', { footer: characters(60) }],
	['no footer', { footer: null }],
	['one button', { buttons: buttons(1) }],
	['three buttons', { buttons: buttons(3) }],
	['one button without a list around it', { buttons: button(1) }],
	['buttons as JSON text', { buttons: JSON.stringify(buttons(2)) }],
	['a title of 20 characters', { buttons: [{ id: 'a', title: characters(20) }] }],
	['a title of 20 emoji', { buttons: [{ id: 'a', title: '😀'.repeat(20) }] }],
	['an ID of 256 characters', { buttons: [{ id: characters(256), title: 'A' }] }],
	[
		'titles that differ in case',
		{
			buttons: [
				{ id: 'a', title: 'A' },
				{ id: 'A', title: 'a' },
			],
		},
	],
	['a header of 60 characters', { headerType: 'text', headerText: characters(60) }],
	['no header', { headerType: 'none', headerText: characters(61) }],
	['a header of an item that names no type', { headerText: 'Hello' }],
])('%s is taken', (_, values) => expect(problems(values)).toEqual([]));

test.each([
	[{ body: characters(1025) }, 'Body: can have at most 1,024 characters, but has 1,025'],
	[{ body: ' ' }, 'Body: is empty'],
	[{ body: undefined }, 'Body: is required'],
	[{ body: { text: 'a' } }, 'Body: must be text, but is an object'],
	[{ footer: characters(61) }, 'Footer: can have at most 60 characters, but has 61'],
	[{ buttons: [] }, 'Buttons: is empty'],
	[{ buttons: '' }, 'Buttons: is empty'],
	[{ buttons: {} }, 'Buttons: is empty'],
	[{ buttons: undefined }, 'Buttons: is empty'],
	[{ buttons: buttons(4) }, 'Buttons: can have at most 3 entries, but has 4'],
	[{ buttons: 5 }, 'Buttons: must be a list, but is the number 5'],
	[{ buttons: ['Yes'] }, 'Buttons › Button 1: must be an object, but is the text "Yes"'],
	[{ buttons: [null] }, 'Buttons › Button 1: must be an object, but is null'],
	[
		{ buttons: [button(1), { id: 'b', title: characters(21) }] },
		'Buttons › Button 2 › Title: can have at most 20 characters, but has 21',
	],
	[{ buttons: [{ id: 'a', title: '' }] }, 'Buttons › Button 1 › Title: is empty'],
	[
		{ buttons: [{ id: characters(257), title: 'A' }] },
		'Buttons › Button 1 › ID: can have at most 256 characters, but has 257',
	],
	[
		{ buttons: [button(1), { ...button(2), id: ' id 1 ' }] },
		'Buttons › Button 2 › ID: is used twice: "id 1"; each must be different',
	],
	[
		{ buttons: [button(1), button(2), { ...button(3), title: 'Button 1' }] },
		'Buttons › Button 3 › Title: is used twice: "Button 1"; each must be different',
	],
	[
		{ buttons: [button(1), { id: 'b', title: 'Button 1 ' }] },
		'Buttons › Button 2 › Title: is used twice: "Button 1"; each must be different',
	],
	[{ headerType: 'text', headerText: '' }, 'Header Text: is empty'],
	[
		{ headerType: 'text', headerText: characters(61) },
		'Header Text: can have at most 60 characters, but has 61',
	],
	[
		{ headerType: 'sticker' },
		'Header: must be one of None (none), Text (text), Image (image), Video (video), Document (document), but is the text "sticker"',
	],
	[
		{ headerType: 'image', headerMediaLink: 'http://example.com/a.png' },
		'Link: must be a web address that begins with https://',
	],
	[
		{ headerType: 'image', headerMediaLink: 'https://example.com/a.png', headerMediaId: '7' },
		'Link: and a media ID are both given; give only one of them',
	],
	[
		{ headerType: 'video', headerMediaSource: 'id', headerMediaId: 'a/b' },
		'Media ID: must be an ID as an upload gives it, but is "a/b"',
	],
	[{ headerType: 'video', headerMediaSource: 'id', headerMediaId: '' }, 'Media ID: is empty'],
	[
		{ headerType: 'document', headerMediaSource: 'binary', headerBinaryField: '' },
		'Input Binary Field: is empty',
	],
])('%j: %s', (values, message) => expect(problems(values)).toEqual([message]));

test('broken JSON is told as such', () => {
	expect(problems({ buttons: '[{"id": 1,' })).toEqual([
		expect.stringMatching(/^Buttons: is no valid JSON: /),
	]);
});

test('everything that is wrong is told at once', () => {
	expect(problems({ body: '', footer: characters(61), buttons: [{ id: '', title: '' }] })).toEqual([
		'Body: is empty',
		'Footer: can have at most 60 characters, but has 61',
		'Buttons › Button 1 › Title: is empty',
	]);
});

test('a button without an ID has its title as ID', () => {
	const { interactive } = contentOf('sendInteractive', {
		...good,
		buttons: [{ title: 'Yes ' }, { id: 'n', title: 'No' }],
	});
	expect((interactive as { action: unknown }).action).toEqual({
		buttons: [
			{ type: 'reply', reply: { id: 'Yes', title: 'Yes ' } },
			{ type: 'reply', reply: { id: 'n', title: 'No' } },
		],
	});
});
