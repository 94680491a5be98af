import {
	describeInexact,
	isExact,
	parseExactJson,
} from '../../../nodes/WhatsAppCloud/values/json/exactJson';
import { optionalJsonObject } from '../../../nodes/WhatsAppCloud/values/json/json';
import { optionalText, requiredText } from '../../../nodes/WhatsAppCloud/values/schema/reading';

describe('long numbers in JSON', () => {
	test.each([
		['9007199254740991', 9007199254740991],
		['9007199254740992', '9007199254740992'],
		['9007199254740993', '9007199254740993'],
		['-9007199254740993', '-9007199254740993'],
		['[18446744073709551617, 7]', ['18446744073709551617', 7]],
		['{"a":{"b":[ 9007199254740993 ]}}', { a: { b: ['9007199254740993'] } }],
		['{"a":9007199254740993.25}', { a: '9007199254740993.25' }],
		['{"a":1.2345678901234567}', { a: 1.2345678901234567 }],
		['{"a":1.5,"b":"9007199254740993"}', { a: 1.5, b: '9007199254740993' }],
		[
			'{"text":"no: 9007199254740993, really","n":2}',
			{ text: 'no: 9007199254740993, really', n: 2 },
		],
		['[9.4e+21]', [9.4e21]],
		['[1e3]', [1000]],
	])('%s', (json, value) => expect(parseExactJson(json)).toEqual(value));

	test('a member named __proto__ stays a member', () => {
		const read = parseExactJson('{"__proto__":{"x":1},"n":9007199254740993}') as object;
		expect(Object.keys(read)).toEqual(['__proto__', 'n']);
		expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
	});

	test('broken JSON is an error, with a long number or without', () => {
		expect(() => parseExactJson('{"n":9007199254740993')).toThrow(SyntaxError);
		expect(() => parseExactJson('{')).toThrow(SyntaxError);
	});
});

test.each([
	[2 ** 53 - 1, true],
	[-(2 ** 53) + 1, true],
	[2 ** 53, false],
	[2 ** 53 + 2, false],
	[9.4e21, false],
	[0.1, true],
	[NaN, false],
	[Infinity, false],
])('%d is exact: %s', (value, expected) => expect(isExact(value)).toBe(expected));

describe('a number for a text', () => {
	const problemOf = (value: unknown) =>
		requiredText(100)
			.safeParse(value)
			.error?.issues.map(({ message }) => message);

	test.each([2 ** 53, 24230790383178627, 9400111899223100001234, -(2 ** 60)])('%d', (value) => {
		expect(problemOf(value)).toEqual([describeInexact(value)]);
		expect(describeInexact(value)).toContain('give it as text');
		expect(optionalText(100).safeParse(value).success).toBe(false);
	});

	test('the largest exact one is taken, and so are digits as text and a bigint', () => {
		expect(requiredText(100).parse(2 ** 53 - 1)).toBe('9007199254740991');
		expect(requiredText(100).parse('9007199254740993')).toBe('9007199254740993');
		expect(requiredText(100).parse(9007199254740993n)).toBe('9007199254740993');
	});
});

describe('a JSON object that goes on as it is', () => {
	test('keeps digits of its text', () => {
		expect(optionalJsonObject.parse('{"order":{"id":9007199254740993}}')).toEqual({
			order: { id: '9007199254740993' },
		});
	});

	test('is refused where an expression has rounded, at the place', () => {
		const { error } = optionalJsonObject.safeParse({ order: [{ id: 2 ** 53 }] });
		expect(error?.issues).toMatchObject([{ path: ['order', 0, 'id'] }]);
		expect(error?.issues[0]?.message).toContain('give it as text');
	});

	test('and where its text has an exponent', () => {
		expect(optionalJsonObject.safeParse('{"id":9.4e+21}').success).toBe(false);
	});

	test('has moments as ISO text', () => {
		const moment = {
			ts: 2 ** 40,
			toISO: () => '2027-02-25T10:00:00.000+01:00',
			toJSON: () => 'iso',
		};
		const given = { at: new Date(0), list: [new Date(86_400_000)], moment, none: undefined };
		expect(optionalJsonObject.parse(given)).toEqual({
			at: '1970-01-01T00:00:00.000Z',
			list: ['1970-01-02T00:00:00.000Z'],
			moment: 'iso',
		});
	});
});

test('a moment for a text is its ISO text', () => {
	const dateTime = { toISO: () => '2027-02-25T10:00:00.000+01:00' };
	expect(requiredText(100).parse(new Date(0))).toBe('1970-01-01T00:00:00.000Z');
	expect(requiredText(100).parse(dateTime)).toBe('2027-02-25T10:00:00.000+01:00');
	const { error } = requiredText(100).safeParse(new Date(NaN));
	expect(error?.issues[0]?.message).toBe('must be text, but is a date that does not exist');
});
