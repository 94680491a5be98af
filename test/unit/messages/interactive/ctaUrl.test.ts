import { characters, problemsOf } from '../../../fixtures/messageProblems';

const problems = (values: Record<string, unknown>): string[] =>
	problemsOf('sendInteractive', {
		interactiveType: 'cta_url',
		body: 'Read on',
		buttonText: 'Open',
		url: 'https://example.com',
		...values,
	});

test.each([
	['a body of 1,024 characters', { body: characters(1024) }],
	['a button of 20', { buttonText: characters(20) }],
	['a footer of 60', { footer: characters(60) }],
	['an address without encryption', { url: 'http://example.com' }],
	['an address with signs', { url: 'https://example.com/ä?q=1&b=%20#c' }],
	['a text header', { headerType: 'text', headerText: 'Hello' }],
	['a document', { headerType: 'document', headerMediaId: '7', headerFilename: 'a.pdf' }],
])('%s is taken', (_, values) => expect(problems(values)).toEqual([]));

const noAddress = 'URL: must be a web address that begins with https:// or http://';

test.each([
	[{ body: characters(1025) }, 'Body: can have at most 1,024 characters, but has 1,025'],
	[{ buttonText: characters(21) }, 'Button Text: can have at most 20 characters, but has 21'],
	[{ buttonText: undefined }, 'Button Text: is required'],
	[{ footer: characters(61) }, 'Footer: can have at most 60 characters, but has 61'],
	[{ url: '' }, 'URL: is empty'],
	[{ url: undefined }, 'URL: is required'],
	[{ url: 'example.com' }, noAddress],
	[{ url: 'javascript:alert(1)' }, noAddress],
	[{ url: 'https://' }, noAddress],
])('%j: %s', (values, message) => expect(problems(values)).toEqual([message]));
