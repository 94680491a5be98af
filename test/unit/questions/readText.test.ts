import fc from 'fast-check';

import type { TextFormat } from '../../../nodes/WhatsAppCloud/questions/question';
import { readText } from '../../../nodes/WhatsAppCloud/questions/readText';

const number = { format: 'number', min: null, max: null, isWhole: false } as const;

describe('a number', () => {
	test.each([
		['5', 5],
		['-5', -5],
		['1,5', 1.5],
		['1.5', 1.5],
		['0.500', 0.5],
		['1.234,56', 1_234.56],
		['1,234.56', 1_234.56],
		['1 234', 1_234],
		["1'234'567", 1_234_567],
		['1.234.567', 1_234_567],
		['٣', 3],
		['１２', 12],
		['−3', -3],
		[' 7 ', 7],
	])('"%s" is %d', (text, value) => {
		expect(readText(text, number)).toEqual({ value });
	});

	test.each([
		['', 'is no number'],
		['abc', 'is no number'],
		['5 apples', 'is no number'],
		['1.2.3', 'is no number'],
		['12,34,56', 'is no number'],
		['1e5', 'is no number'],
		['1.500', 'can be read with a decimal or with a thousands separator'],
		['1,500', 'can be read with a decimal or with a thousands separator'],
	])('"%s" %s', (text, reason) => {
		expect(readText(text, number)).toEqual({ reason });
	});

	test('has limits', () => {
		const limited = { ...number, min: 1, max: 10, isWhole: true };
		expect(readText('0', limited)).toEqual({ reason: 'is less than 1' });
		expect(readText('11', limited)).toEqual({ reason: 'is more than 10' });
		expect(readText('1,5', limited)).toEqual({ reason: 'is no whole number' });
		expect(readText('10', limited)).toEqual({ value: 10 });
	});

	test('every whole number is read as it is written, with decimals after a comma or a point', () => {
		fc.assert(
			fc.property(fc.integer({ min: -999, max: 999 }), fc.integer({ min: 10, max: 99 }), (a, b) => {
				expect(readText(String(a), number)).toEqual({ value: a });
				for (const mark of ['.', ',']) {
					expect(readText(`${a}${mark}${b}`, number)).toEqual({ value: Number(`${a}.${b}`) });
				}
			}),
		);
	});
});

describe('a date', () => {
	const dayFirst: TextFormat = { format: 'date', order: 'dayFirst', earliest: null, latest: null };

	test.each([
		['2026-11-30', '2026-11-30'],
		['30.11.2026', '2026-11-30'],
		['3/4/2026', '2026-04-03'],
		['3-4-26', '2026-04-03'],
		['30 Nov 2026', '2026-11-30'],
		['30th of', null],
		['November 30th, 2026', '2026-11-30'],
		['31.02.2026', null],
		['tomorrow', null],
		['30.11.', null],
	])('"%s" is %s', (text, value) => {
		expect(readText(text, dayFirst)).toEqual(value === null ? { reason: 'is no date' } : { value });
	});

	test('the order decides between two readings', () => {
		expect(readText('3/4/2026', { ...dayFirst, order: 'monthFirst' })).toEqual({
			value: '2026-03-04',
		});
	});

	test('has limits', () => {
		const limited = { ...dayFirst, earliest: '2026-12-01', latest: '2026-12-31' };
		expect(readText('30.11.2026', limited)).toEqual({ reason: 'is before 2026-12-01' });
		expect(readText('1.1.2027', limited)).toEqual({ reason: 'is after 2026-12-31' });
		expect(readText('1.12.2026', limited)).toEqual({ value: '2026-12-01' });
	});
});

test.each<[TextFormat, string, unknown]>([
	[{ format: 'any' }, ' hi ', { value: ' hi ' }],
	[{ format: 'any' }, ' ', { reason: 'is empty' }],
	[{ format: 'email' }, ' ada@example.com ', { value: 'ada@example.com' }],
	[{ format: 'email' }, 'mailto:ada@example.com', { value: 'ada@example.com' }],
	[{ format: 'email' }, 'ada@example', { reason: 'is no e-mail address' }],
	[{ format: 'phone', defaultCountry: 'DE' }, '0151 23456789', { value: '+4915123456789' }],
	[{ format: 'phone', defaultCountry: '' }, '+1 415 555 2671', { value: '+14155552671' }],
	[
		{ format: 'phone', defaultCountry: '' },
		'US.13491208655302741918',
		{ reason: 'is no phone number' },
	],
	[{ format: 'phone', defaultCountry: '' }, 'call me', { reason: 'is no phone number' }],
	[{ format: 'oneOf', values: ['Berlin', 'Köln'] }, 'koln', { value: 'Köln' }],
	[{ format: 'oneOf', values: ['Berlin', 'Köln'] }, 'Rome', { reason: 'is none of Berlin, Köln' }],
	[
		{ format: 'pattern', pattern: '^[A-Z]{2}\\d{4}$', ignoresCase: false },
		' AB1234 ',
		{ value: 'AB1234' },
	],
	[
		{ format: 'pattern', pattern: '^[A-Z]{2}\\d{4}$', ignoresCase: true },
		'ab1234',
		{ value: 'ab1234' },
	],
	[
		{ format: 'pattern', pattern: '^[A-Z]{2}\\d{4}$', ignoresCase: false },
		'ab1234',
		{ reason: 'does not fit the pattern' },
	],
	[
		{ format: 'pattern', pattern: '.*', ignoresCase: false },
		'x'.repeat(501),
		{ reason: 'has more than 500 characters' },
	],
])('%j reads "%s" as %j', (format, text, expected) => {
	expect(readText(text, format)).toEqual(expected);
});
