import { componentsOf, problems } from './values';

describe('body', () => {
	const body = (bodyVariables: unknown): unknown => componentsOf({ bodyVariables });
	const text = (value: string, name?: string) => ({
		type: 'text',
		text: value,
		...(name === undefined ? {} : { parameter_name: name }),
	});

	test.each([
		['texts and numbers', ['Ada', 20]],
		['JSON text of them', '["Ada", 20]'],
		['rows', [{ text: 'Ada' }, { type: 'text', text: 20 }]],
		['rows of the editor', { variable: [{ type: 'text', text: 'Ada', parameterName: '' }, 20] }],
	])('%s', (_, variables) =>
		expect(body(variables)).toEqual([{ type: 'body', parameters: [text('Ada'), text('20')] }]),
	);

	test.each([
		['an object of values', { first_name: 'Ada', discount: 20 }],
		['JSON text of it', ' {"first_name": "Ada", "discount": 20}'],
		[
			'rows with names',
			[
				{ parameterName: 'first_name', text: 'Ada' },
				{ parameterName: 'discount', text: '20' },
			],
		],
		['rows by name', { first_name: { text: 'Ada' }, discount: { type: 'text', text: 20 } }],
	])('with names: %s', (_, variables) =>
		expect(body(variables)).toEqual([
			{ type: 'body', parameters: [text('Ada', 'first_name'), text('20', 'discount')] },
		]),
	);

	test.each([[''], [null], [undefined], [[]], [{}], ['[]']])('%j: none', (variables) =>
		expect(body(variables)).toBeUndefined(),
	);

	test.each([
		[['Ada', ''], 'Body Variables › Variable 2 › Text: is empty'],
		[{ name: null }, 'Body Variables › Variable 1 › Text: is required'],
		[[true], 'Body Variables › Variable 1: must be a text or an object, but is the boolean true'],
		[[{}], 'Body Variables › Variable 1 › Text: is required'],
		[5, 'Body Variables: must be a list, but is the number 5'],
		[
			[{ type: 'emoji', text: 'a' }],
			'Body Variables › Variable 1 › Type: must be one of Text (text), Currency (currency), Date and Time (date_time), Group ID (group_id), but is the text "emoji"',
		],
		[
			[{ text: 'a', parameterName: 'first' }, 'b'],
			'Body Variables › Variable 2 › Variable Name: is empty, but other variables have a name',
		],
		[
			[
				{ text: 'a', parameterName: 'first' },
				{ text: 'b', parameterName: 'first' },
			],
			'Body Variables › Variable 2 › Variable Name: is used twice: "first"; each must be different',
		],
	])('%j: %s', (bodyVariables, message) => expect(problems({ bodyVariables })).toEqual([message]));

	test('broken JSON is told as such', () => {
		expect(problems({ bodyVariables: '{"first_name": ' })).toEqual([
			expect.stringMatching(/^Body Variables: is no valid JSON: /),
		]);
	});

	const price = { type: 'currency', amount: '100.99', currencyCode: 'usd' };

	test.each([
		['100.99', 100_990],
		[100.99, 100_990],
		['0.001', 1],
		[1.005, 1005],
		[-5, -5000],
		[' 7 ', 7000],
	])('the amount %j is %i thousandths', (amount, thousandths) =>
		expect(body([{ ...price, amount }])).toMatchObject([
			{ parameters: [{ currency: { code: 'USD', amount_1000: thousandths } }] },
		]),
	);

	test('an amount without words is put into words', () => {
		expect(body([price])).toMatchObject([
			{ parameters: [{ currency: { fallback_value: '100.99 USD' } }] },
		]);
	});

	test.each([
		[{ amount: '' }, 'Amount: is empty'],
		[{ amount: '1,50' }, 'Amount: must be a number such as 100.99, but is "1,50"'],
		[{ amount: '$5' }, 'Amount: must be a number such as 100.99, but is "$5"'],
		[{ amount: true }, 'Amount: must be a number such as 100.99, but is the boolean true'],
		[{ amount: '0.0015' }, 'Amount: can have at most three decimals, but is 0.0015'],
		[{ currencyCode: '' }, 'Currency Code: is empty'],
	])('%j: %s', (values, message) =>
		expect(problems({ bodyVariables: [{ ...price, ...values }] })).toEqual([
			`Body Variables › Variable 1 › ${message}`,
		]),
	);
});
