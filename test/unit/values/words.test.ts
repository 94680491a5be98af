import { choiceOf } from '../../../nodes/WhatsAppCloud/values/choice';
import { optionalJsonObject } from '../../../nodes/WhatsAppCloud/values/json/json';
import { optionalText, requiredText } from '../../../nodes/WhatsAppCloud/values/schema/reading';
import { listOf } from '../../../nodes/WhatsAppCloud/values/list';
import { isNothing, numberOr } from '../../../nodes/WhatsAppCloud/values/numbers';
import { parsing } from '../../../nodes/WhatsAppCloud/values/words';
import { z } from 'zod/v4';

const problemOf = (schema: z.ZodType, value: unknown): string | undefined =>
	schema.safeParse(value, parsing).error?.issues[0]?.message;

describe('a text of which nothing is seen', () => {
	const invisible: [string, string][] = [
		['a zero-width space', '\u200b'],
		['joiners', '\u200d\u200c'],
		['a mark of order', '\ufeff'],
		['marks of direction', ' \u200e\u200f '],
		['a soft hyphen', '\u00ad'],
		['a filler', '\u3164'],
		['a blank of Braille', '\u2800'],
		['a blank that does not break', '\u00a0\n'],
	];

	test.each(invisible)('%s is empty', (_, text) => {
		expect(problemOf(requiredText(9), text)).toBe('is empty');
		expect(optionalText(9).parse(text)).toBeUndefined();
		expect(isNothing(text)).toBe(true);
	});

	test.each(['a\u200b', '\u200fשלום', '👨‍👩‍👧', '.', '0'])('%j is not', (text) =>
		expect(requiredText(9).parse(text)).toBe(text),
	);
});

describe('numbers', () => {
	const seconds = numberOr(30, { min: 1, max: 300, unit: 'seconds', decimals: true });
	const tries = numberOr(5, { min: 1, max: 20, unit: 'attempts' });

	test.each([
		[undefined, 30],
		['', 30],
		[null, 30],
		['1', 1],
		[300, 300],
		[' 2.5 ', 2.5],
	])('%j is %d', (value, expected) => expect(seconds.parse(value)).toBe(expected));

	test.each([
		['NaN', 'must be a number of seconds, but is "NaN"'],
		['Infinity', 'must be a number of seconds, but is "Infinity"'],
		[NaN, 'must be a number of seconds, but is "NaN"'],
		[-Infinity, 'must be a number of seconds, but is "-Infinity"'],
		['0x10', 'must be a number of seconds, but is "0x10"'],
		['1e2', 'must be a number of seconds, but is "1e2"'],
		[true, 'must be a number of seconds, but is the boolean true'],
		[[], 'must be a number of seconds, but is a list'],
		[0, 'must be from 1 to 300 seconds, but is 0'],
		['301', 'must be from 1 to 300 seconds, but is 301'],
	])('%j: %s', (value, message) => expect(problemOf(seconds, value)).toBe(message));

	test('a whole number has no decimals', () => {
		expect(problemOf(tries, 1.5)).toBe('must be a whole number of attempts, but is "1.5"');
		expect(tries.parse('2.0')).toBe(2);
	});

	test.each([NaN, Infinity])('%d is no text', (value) =>
		expect(problemOf(requiredText(9), value)).toMatch(/^must be text, but is /),
	);
});

describe('valid JSON of another kind than expected', () => {
	const list = listOf(z.string(), { min: 0, max: 9 });

	test.each([
		['"text"', 'must be a JSON object, but is the text "text"'],
		['5', 'must be a JSON object, but is the number 5'],
		['[1]', 'must be a JSON object, but is a list'],
		['false', 'must be a JSON object, but is the boolean false'],
	])('%s is no object', (json, message) =>
		expect(problemOf(optionalJsonObject, json)).toBe(message),
	);

	test.each([
		['"text"', 'must be a list, but is the text "text"'],
		['5', 'must be a list, but is the number 5'],
		['true', 'must be a list, but is the boolean true'],
	])('%s is no list', (json, message) => expect(problemOf(list, json)).toBe(message));

	test('what is not JSON at all is reported as such', () => {
		expect(problemOf(list, 'text')).toMatch(/^is no valid JSON: /);
		expect(problemOf(optionalJsonObject, '{')).toMatch(/^is no valid JSON: /);
	});

	test('JSON that was packed twice is a list', () =>
		expect(list.parse(JSON.stringify('["a"]'))).toEqual(['a']));
});

test.each<[z.ZodType, unknown, string]>([
	[z.object({}), 'x', 'must be an object, but is the text "x"'],
	[z.object({ a: z.string() }), {}, 'is required'],
	[z.array(z.string()), 'x', 'must be a list, but is the text "x"'],
	[z.boolean(), 'yes', 'must be true or false, but is the text "yes"'],
	[z.number(), 'x', 'must be a number, but is the text "x"'],
	[z.number().min(3), 2, 'must be at least 3'],
	[z.number().max(3), 4, 'can be at most 3'],
	[z.enum(['a', 'b']), 'c', 'must be one of a, b'],
	[choiceOf(['a', 'b']), 'c', 'must be one of a, b, but is the text "c"'],
	[choiceOf(['a', 'b']), undefined, 'must be one of a, b'],
	[z.email(), 'x', 'cannot be used'],
])('%#: zod tells it in our words', (schema, value, message) =>
	expect(problemOf(schema, value)).toBe(message),
);
