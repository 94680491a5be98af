import {
	countCharacters,
	formatNumber,
	optionalText,
	requiredText,
} from '../../../nodes/WhatsAppCloud/values/limits';

const problemOf = (schema: ReturnType<typeof requiredText>, value: unknown) =>
	schema.safeParse(value).error?.issues[0]?.message;

describe('countCharacters', () => {
	test.each([
		['', 0],
		['abc', 3],
		['äöü', 3],
		['😀', 1],
		// Skin tone and joined family: one symbol on screen, several code points.
		['👍🏽', 2],
		['e\u0301', 2],
		['שלום', 4],
		// A lone surrogate counts as itself.
		['\ud83d', 1],
		['\ud83d\ud83d\ude00', 2],
	])('%j has %i', (text, expected) => expect(countCharacters(text)).toBe(expected));
});

describe('requiredText', () => {
	const schema = requiredText(5);

	test.each(['12345', '😀😀😀😀😀', 'ab'])('%j fits', (value) =>
		expect(schema.parse(value)).toBe(value),
	);

	test.each([
		['123456', 'can have at most 5 characters, but has 6'],
		['😀😀😀😀😀😀', 'can have at most 5 characters, but has 6'],
		['', 'is empty'],
		[' \n', 'is empty'],
		[undefined, 'is required'],
		[null, 'is required'],
		[true, 'must be text, but is the boolean true'],
		[{ a: 1 }, 'must be text, but is an object'],
		[['a'], 'must be text, but is a list'],
	])('%j: %s', (value, message) => expect(problemOf(schema, value)).toBe(message));

	test('a number is taken as its digits', () => expect(schema.parse(123)).toBe('123'));

	test('large limits are written with separators', () => {
		expect(problemOf(requiredText(4096), 'x'.repeat(4097))).toBe(
			'can have at most 4,096 characters, but has 4,097',
		);
	});
});

test('an optional text that is empty is absent', () => {
	const schema = optionalText(3);
	expect(schema.parse('')).toBeUndefined();
	expect(schema.parse('  ')).toBeUndefined();
	expect(schema.parse(null)).toBeUndefined();
	expect(schema.parse(undefined)).toBeUndefined();
	expect(schema.parse('abc')).toBe('abc');
	expect(schema.safeParse('abcd').success).toBe(false);
});

test.each([
	[5, '5'],
	[1024, '1,024'],
	[1_000_000, '1,000,000'],
	[-1234.567891, '-1,234.567891'],
])('formatNumber(%s) is %s', (value, expected) => expect(formatNumber(value)).toBe(expected));
