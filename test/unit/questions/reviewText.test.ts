import fc from 'fast-check';

import {
	inputLines,
	inputMark,
	reviewText,
} from '../../../nodes/WhatsAppCloud/questions/reviewText';

const lines = (input: unknown, max = 1_024) => inputLines(input, max).split('\n');

test('an input is one line for each value', () => {
	const input = {
		orderId: 1042,
		express: true,
		note: '',
		coupon: null,
		customer: { name: 'Ada', tags: ['new', 'vip'] },
		items: [{ sku: 'A', price: 5 }, { sku: 'B' }],
		extra: {},
	};
	expect(lines(input)).toEqual([
		'orderId: 1042',
		'express: yes',
		'note: (empty)',
		'coupon: (none)',
		'customer › name: Ada',
		'customer › tags: new, vip',
		'items › 1 › sku: A',
		'items › 1 › price: 5',
		'items › 2 › sku: B',
		'extra: (empty)',
	]);
});

test.each([
	[undefined, '(no input)'],
	[null, '(no input)'],
	[{}, '(no input)'],
	['delete everything', 'delete everything'],
	[[1, 2], '1, 2'],
])('%j reads %j', (input, text) => expect(inputLines(input, 100)).toBe(text));

test.each([
	'password',
	'userPassword',
	'API_KEY',
	'apiKey',
	'apikey',
	'client-secret',
	'accessToken',
	'refresh_tokens',
	'Authorization',
	'pin',
	'private key',
	'credentials',
])('%s is masked, with everything in it', (name) => {
	for (const value of ['hunter2', 42, ['hunter2'], { inner: 'hunter2' }]) {
		expect(lines({ [name]: value, other: 1 })).toEqual([`${name}: ••••••`, 'other: 1']);
	}
});

test.each(['author', 'keyword', 'monkey', 'spinning', 'tokyo', 'key', 'passenger', 'opinion'])(
	'%s is no secret',
	(name) => expect(lines({ [name]: 'x' })).toEqual([`${name}: x`]),
);

test('a value cannot pass for another line, nor turn the writing around', () => {
	const value = '5\nApproved by: the boss\r\n\u202Eevil\u0007';
	expect(lines({ amount: value })).toEqual(['amount: 5 ⏎ Approved by: the boss ⏎  evil']);
	expect(lines({ 'a\nb': 1 })).toEqual(['a ⏎ b: 1']);
});

test('long values are cut, and what has no room is counted', () => {
	expect(lines({ text: 'x'.repeat(500) })).toEqual([`text: ${'x'.repeat(199)}…`]);
	const many = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`n${index}`, 'value']));
	const shown = lines(many, 100);
	expect(shown.at(-1)).toBe(`… and ${30 - (shown.length - 1)} more`);
	expect(shown.join('\n').length).toBeLessThanOrEqual(100);
});

test('the usual message has the tool’s name, and a written one its own words', () => {
	const call = { name: 'refund_order', input: { amount: 5 } };
	expect(reviewText(null, call, 1_024)).toBe(
		'The agent wants to run this tool:\n*refund_order*\n\namount: 5',
	);
	expect(reviewText(`OK?\n${inputMark}\nThanks`, call, 1_024)).toBe('OK?\namount: 5\nThanks');
	expect(reviewText('Without the input', call, 1_024)).toBe('Without the input');
	expect(reviewText(`$& ${inputMark}`, { ...call, input: { a: '$&' } }, 1_024)).toBe('$& a: $&');
});

test('whatever the model makes up fits, and every line but the last names a value', () => {
	fc.assert(
		fc.property(
			fc.jsonValue(),
			fc.string(),
			fc.integer({ min: 200, max: 1_024 }),
			(input, name, max) => {
				const text = reviewText(null, { name, input }, max);
				expect(Array.from(text).length).toBeLessThanOrEqual(max);
			},
		),
	);
});
