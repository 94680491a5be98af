import { contentOf, problemsOf } from '../../../fixtures/messageProblems';

const named = { template: 'order_update:en' };
const problems = (values: Record<string, unknown>) =>
	problemsOf('sendTemplate', { ...named, ...values });
const components = (values: Record<string, unknown>) =>
	(contentOf('sendTemplate', { ...named, ...values })['template'] as Record<string, unknown>)[
		'components'
	];

const text = (value: string) => ({ type: 'text', text: value });

describe('numbered variables', () => {
	test.each<[string, unknown]>([
		['an object by number', { '1': 'a', '2': 'b' }],
		['in another order', { '2': 'b', '1': 'a' }],
		['as JSON text', '{"2":"b","1":"a"}'],
		['as they stand in the template', { '{{1}}': 'a', '{{ 2 }}': 'b' }],
		[
			'rows that are named by number',
			[
				{ parameterName: '2', text: 'b' },
				{ parameterName: 1, text: 'a' },
			],
		],
		["Meta's parameters", [text('a'), text('b')]],
		['the body component', { type: 'body', parameters: [text('a'), text('b')] }],
		['a list with it', [{ type: 'BODY', parameters: [text('a'), text('b')] }]],
	])('%s', (_, bodyVariables) => {
		expect(problems({ bodyVariables })).toEqual([]);
		expect(components({ bodyVariables })).toEqual([
			{ type: 'body', parameters: [text('a'), text('b')] },
		]);
	});

	test('more than nine are in the order of their numbers', () => {
		const entries = Array.from({ length: 11 }, (_, index) => [String(index + 1), `v${index + 1}`]);
		const bodyVariables = Object.fromEntries(entries.reverse() as [string, string][]);
		const [body] = components({ bodyVariables }) as { parameters: { text: string }[] }[];
		expect(body?.parameters.map(({ text: value }) => value)).toEqual(
			Array.from({ length: 11 }, (_, index) => `v${index + 1}`),
		);
	});

	test.each<[unknown, string]>([
		[{ '1': 'a', '3': 'c' }, 'has no variable 2, but others up to 3'],
		[{ '2': 'b' }, 'has no variable 1, but others up to 2'],
		[
			{ '1': 'a', name: 'b' },
			'has numbers and names ("1", "name"); a template has one or the other',
		],
	])('%j: %s', (bodyVariables, message) =>
		expect(problems({ bodyVariables })).toEqual([`Body Variables: ${message}`]),
	);
});

test('named variables of Meta, amounts and dates', () => {
	const parameters = [
		{ ...text('Ada'), parameter_name: 'name' },
		{
			type: 'currency',
			currency: { fallback_value: '€20.50', code: 'EUR', amount_1000: 20500 },
			parameter_name: 'price',
		},
		{
			type: 'date_time',
			date_time: { fallback_value: 'May 1', calendar: 'GREGORIAN', year: 2027 },
			parameter_name: 'day',
		},
	];
	expect(problems({ bodyVariables: parameters })).toEqual([]);
	expect(components({ bodyVariables: parameters })).toEqual([{ type: 'body', parameters }]);
	expect(components({ bodyVariables: { name: { type: 'text', text: 'Ada' } } })).toEqual([
		{ type: 'body', parameters: [parameters[0]] },
	]);
});

test.each<[unknown, string]>([
	[5000.5, 'can have at most three decimals, but is 5.0005'],
	['24230790383178627', 'is too large for Meta, which counts in thousandths: 24230790383178.63'],
	['much', 'must be a number such as 100.99, but is "much"'],
])('%j thousandths are never sent as units', (amount, message) =>
	expect(
		problems({
			bodyVariables: [{ type: 'currency', currency: { code: 'EUR', amount_1000: amount } }],
		}),
	).toEqual([`Body Variables › Variable 1 › Amount: ${message}`]),
);

describe('a member that is not known', () => {
	test.each<[Record<string, unknown>, string]>([
		[{ bodyVariables: [{ text: 'a', parameter: 'b' }] }, 'Body Variables › Variable 1 › parameter'],
		[{ bodyVariables: [{ txt: 'a' }] }, 'Body Variables › Variable 1 › txt'],
		[{ buttons: [{ type: 'url', text: 'a', idx: 1 }] }, 'Buttons › Button 1 › idx'],
		[{ buttons: [{ type: 'url', text: 'a', payload: 'b' }] }, 'Buttons › Button 1 › Payload'],
		[{ cards: [{ headerType: 'image', headerMediaId: '1', body: 'x' }] }, 'Cards › Card 1 › body'],
	])('%j', (values, label) =>
		expect(problems(values)).toContainEqual(
			expect.stringContaining(`${label}: is not known here; `),
		),
	);
});

const header = {
	type: 'header',
	parameters: [{ type: 'image', image: { id: '1013859600285441' } }],
};

test('buttons of Meta', () => {
	const buttons = [
		{ type: 'button', sub_type: 'url', index: '0', parameters: [text('orders/1')] },
		{
			type: 'button',
			sub_type: 'quick_reply',
			index: '1',
			parameters: [{ type: 'payload', payload: 'x' }],
		},
		{
			type: 'button',
			sub_type: 'copy_code',
			index: '2',
			parameters: [{ type: 'coupon_code', coupon_code: 'C' }],
		},
		{
			type: 'button',
			sub_type: 'flow',
			index: '3',
			parameters: [{ type: 'action', action: { flow_token: 't', flow_action_data: { id: 1 } } }],
		},
		{
			type: 'button',
			sub_type: 'mpm',
			index: '4',
			parameters: [
				{
					type: 'action',
					action: {
						thumbnail_product_retailer_id: 'P-1',
						sections: [{ title: 'All', product_items: [{ product_retailer_id: 'P-1' }] }],
					},
				},
			],
		},
		{
			type: 'button',
			sub_type: 'voice_call',
			index: '5',
			parameters: [
				{ type: 'ttl_minutes', ttl_minutes: 60 },
				{ type: 'payload', payload: 'p' },
			],
		},
	];
	expect(problems({ buttons })).toEqual([]);
	expect(components({ buttons })).toEqual(buttons);
	expect(components({ buttons: JSON.stringify(buttons) })).toEqual(buttons);
});

test('cards of Meta', () => {
	const cards = [0, 1].map((card_index) => ({
		card_index,
		components: [
			header,
			{ type: 'body', parameters: [text(`card ${card_index}`)] },
			{
				type: 'button',
				sub_type: 'quick_reply',
				index: '0',
				parameters: [{ type: 'payload', payload: 'x' }],
			},
		],
	}));
	expect(problems({ cards })).toEqual([]);
	expect(components({ cards })).toEqual([{ type: 'carousel', cards }]);
	const odd = [{ card_index: 0, components: [header, { type: 'footer', parameters: [] }] }];
	expect(problems({ cards: odd })).toEqual([
		expect.stringContaining('Cards › Card 1 › footer: is not known here'),
	]);
});

test('a moment is its ISO text', () => {
	const moment = new Date(0);
	expect(components({ bodyVariables: [moment, { text: moment }] })).toEqual([
		{ type: 'body', parameters: [text(moment.toISOString()), text(moment.toISOString())] },
	]);
	expect(components({ bodyVariables: { day: moment } })).toEqual([
		{ type: 'body', parameters: [{ ...text(moment.toISOString()), parameter_name: 'day' }] },
	]);
});

test('digits of JSON are kept', () => {
	expect(components({ bodyVariables: '[24230790383178627, 9400111899223100001234]' })).toEqual([
		{ type: 'body', parameters: [text('24230790383178627'), text('9400111899223100001234')] },
	]);
	expect(problems({ bodyVariables: '[9.4e+21]' })).toEqual([
		expect.stringMatching(/^Body Variables › Variable 1 › Text: .*give it as text$/),
	]);
	expect(
		problems({ components: [{ type: 'body', parameters: [{ type: 'text', text: 2 ** 53 }] }] }),
	).toEqual([expect.stringMatching(/^Components \(JSON\) 1 › parameters 1 › text: .*as text$/)]);
});

test.each<[unknown, string]>([
	[[true], 'Body Variables › Variable 1: must be a text or an object, but is the boolean true'],
	[[['a']], 'Body Variables › Variable 1: must be a text or an object, but is a list'],
])('%j: %s', (bodyVariables, message) => expect(problems({ bodyVariables })).toEqual([message]));
