import { characters, problemsOf } from '../../fixtures/messageProblems';

const problems = (values: Record<string, unknown>): string[] =>
	problemsOf('sendText', { text: 'Hello', ...values });

test.each([
	['4,096 characters', { text: characters(4096) }],
	['4,096 emoji', { text: '🌵'.repeat(4096) }],
	['a number', { text: 0 }],
	['a longer text that is split', { text: characters(9000), options: { splitLongText: true } }],
	['"TRUE" of a table', { previewUrl: 'TRUE' }],
	['"false" of a table', { text: characters(10), options: { splitLongText: 'false' } }],
	['no preview', { previewUrl: null }],
])('%s is taken', (_, values) => expect(problems(values)).toEqual([]));

test.each([
	[{ text: characters(4097) }, 'Text: can have at most 4,096 characters, but has 4,097'],
	[
		{ text: characters(4097), options: { splitLongText: 'false' } },
		'Text: can have at most 4,096 characters, but has 4,097',
	],
	[
		{ text: characters(81_921), options: { splitLongText: true } },
		'Text: can have at most 81,920 characters, but has 81,921',
	],
	[{ text: ' \n' }, 'Text: is empty'],
	[{ text: null }, 'Text: is required'],
	[{ text: { body: 'a' } }, 'Text: must be text, but is an object'],
	[{ previewUrl: 'yes' }, 'Preview Link: must be true or false'],
	[{ previewUrl: 1 }, 'Preview Link: must be true or false'],
	[{ options: { splitLongText: 'yes' } }, 'Options › Split Long Text: must be true or false'],
])('%j: %s', (values, message) => expect(problems(values)).toEqual([message]));
