import { optionalText, requiredText } from '../../../nodes/WhatsAppCloud/values/schema/reading';

const problemOf = (schema: ReturnType<typeof requiredText>, value: unknown) =>
	schema.safeParse(value).error?.issues[0]?.message;

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
