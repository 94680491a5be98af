import { sendOperationNamed } from '../../fixtures/messageFixtures';
import { characters, contentOf, problemsOf } from '../../fixtures/messageProblems';

const good = { template: 'order_update', language: 'en_US' };
const problems = (values: Record<string, unknown>): string[] =>
	problemsOf('sendTemplate', { ...good, ...values });
const componentsOf = (values: Record<string, unknown>): unknown => {
	const { template } = contentOf('sendTemplate', { ...good, ...values });
	return (template as { components?: unknown }).components;
};

describe('name and language', () => {
	test.each([
		['in two fields', { template: 'order_update', language: 'pt_BR' }, 'pt_BR'],
		['in one value, as the list has it', { template: 'order_update:pt_BR' }, 'pt_BR'],
		['in one value without a language field', { template: 'order_update:de', language: '' }, 'de'],
		['with spaces around', { template: ' order_update ', language: ' de ' }, 'de'],
	])('%s', (_, values, code) =>
		expect(contentOf('sendTemplate', { ...good, ...values })).toEqual({
			type: 'template',
			template: { name: 'order_update', language: { code } },
		}),
	);

	test.each([
		[{ template: '' }, 'Template: is empty'],
		[{ template: undefined }, 'Template: is required'],
		[{ template: {} }, 'Template: must be text, but is an object'],
		[
			{ template: 'Order Update' },
			'Template: can have lower-case letters, digits and underscores only, but is "Order Update"',
		],
		[{ template: characters(513) }, 'Template: can have at most 512 characters, but has 513'],
		[{ language: '' }, 'Language: is empty'],
		[{ language: undefined }, 'Language: is required'],
		[{ template: 'order_update:', language: '' }, 'Language: is empty'],
	])('%j: %s', (values, message) => expect(problems(values)).toEqual([message]));

	test.each([{ template: characters(512) }, { template: 'a_1' }, { template: 7 }])(
		'%j is taken',
		(values) => expect(problems(values)).toEqual([]),
	);
});

describe('header', () => {
	test.each([
		['a variable that an item gives', { headerText: 'Ada' }, 'text'],
		['a place that an item gives', { headerLatitude: 1, headerLongitude: '2' }, 'location'],
		[
			'a product that an item gives',
			{ headerProductRetailerId: 'SKU-1', headerCatalogId: 7 },
			'product',
		],
		['a document that an item gives', { headerFilename: 'a.pdf', headerMediaId: '7' }, 'document'],
		['a chosen kind', { headerType: 'image', headerMediaId: '7' }, 'image'],
	])('%s', (_, values, type) =>
		expect(componentsOf(values)).toMatchObject([{ type: 'header', parameters: [{ type }] }]),
	);

	test.each([{ headerType: 'none', headerText: 'Ada' }, { headerText: '' }, { headerType: '' }])(
		'%j: none',
		(values) => expect(componentsOf(values)).toBeUndefined(),
	);

	test.each([
		[{ headerType: 'text', headerText: '' }, 'Header Variable: is empty'],
		[{ headerType: 'text' }, 'Header Variable: is required'],
		[
			{ headerType: 'sticker' },
			'Header: must be one of text, image, video, document, location, product',
		],
		[
			{ headerMediaLink: 'https://example.com/a.png' },
			'Header: is required: image, video or document',
		],
		[{ headerType: 'image' }, 'Input Binary Field: is empty'],
		[
			{ headerType: 'image', headerMediaLink: 'http://example.com/a.png' },
			'Link: must be a web address that begins with https://',
		],
		[
			{ headerType: 'video', headerMediaId: '7', headerMediaLink: 'https://example.com/a.mp4' },
			'Link: and a media ID are both given; give only one of them',
		],
		[
			{ headerType: 'location', headerLatitude: 91, headerLongitude: 0 },
			'Latitude: must be from -90 to 90, but is 91',
		],
		[{ headerType: 'product', headerProductRetailerId: 'SKU-1' }, 'Catalog ID: is required'],
	])('%j: %s', (values, message) => expect(problems(values)).toEqual([message]));

	test('a tiny coordinate has no exponent', () => {
		expect(componentsOf({ headerLatitude: 1e-7, headerLongitude: '0.0000001' })).toMatchObject([
			{ parameters: [{ location: { latitude: '0.000000100000', longitude: '0.000000100000' } }] },
		]);
	});
});

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
		[[true], 'Body Variables › Variable 1: must be an object, but is the boolean true'],
		[[{}], 'Body Variables › Variable 1 › Text: is required'],
		[5, 'Body Variables: must be a list, but is a number'],
		[
			[{ type: 'emoji', text: 'a' }],
			'Body Variables › Variable 1 › Type: must be one of text, currency, date_time',
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
			'Body Variables › Variable 2 › Variable Name: "first" is used twice; each must be different',
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
		[{ amount: true }, 'Amount: must be a number, but is the boolean true'],
		[{ amount: '0.0015' }, 'Amount: can have at most three decimals, but is 0.0015'],
		[{ currencyCode: '' }, 'Currency Code: is empty'],
	])('%j: %s', (values, message) =>
		expect(problems({ bodyVariables: [{ ...price, ...values }] })).toEqual([
			`Body Variables › Variable 1 › ${message}`,
		]),
	);
});

describe('limited-time offer', () => {
	const offer = (offerExpiresAt: unknown): unknown =>
		(
			componentsOf({ offerExpiresAt }) as Array<{
				parameters: Array<{ limited_time_offer: { expiration_time_ms: number } }>;
			}>
		)[0]?.parameters[0]?.limited_time_offer.expiration_time_ms;

	test.each([
		['2027-02-25T22:59:00Z', 1_803_596_340_000],
		['2027-02-25T23:59:00+01:00', 1_803_596_340_000],
		[1_803_596_340_000, 1_803_596_340_000],
		['1803596340000', 1_803_596_340_000],
		[1_803_596_340, 1_803_596_340_000],
	])('%j is %i', (given, timeMs) => expect(offer(given)).toBe(timeMs));

	test.each([
		['', 'is empty'],
		['2027-02-25T23:59:00', 'must be a time with its time zone, such as 2026-12-31T18:00:00+05:30'],
		['tomorrow', 'must be a time with its time zone, such as 2026-12-31T18:00:00+05:30'],
		[true, 'must be a time with its time zone, such as 2026-12-31T18:00:00+05:30'],
	])('%j %s', (offerExpiresAt, message) =>
		expect(problems({ offerExpiresAt })).toEqual([`Offer Ends At: ${message}`]),
	);
});

describe('order status and tap target', () => {
	const order = { orderReferenceId: 'order-1', orderStatus: 'shipped' };

	test.each([
		[order],
		[{ ...order, orderReferenceId: characters(35) }],
		[{ ...order, orderStatusDescription: characters(120) }],
		[{ tapTargetTitle: 'Offer', tapTargetUrl: 'https://example.com' }],
	])('%j is taken', (values) => expect(problems(values)).toEqual([]));

	test.each([
		[{ ...order, orderReferenceId: '' }, 'Reference ID: is empty'],
		[
			{ ...order, orderReferenceId: characters(36) },
			'Reference ID: can have at most 35 characters, but has 36',
		],
		[
			{ ...order, orderReferenceId: 'a b' },
			'Reference ID: can have only letters from A to Z, digits, dots, dashes and underscores',
		],
		[
			{ ...order, orderStatus: 'lost' },
			'Order Status: must be one of processing, partially_shipped, shipped, completed, canceled',
		],
		[
			{ ...order, orderStatusDescription: characters(121) },
			'Status Description: can have at most 120 characters, but has 121',
		],
		[{ tapTargetTitle: 'Offer', tapTargetUrl: '' }, 'Tap Target URL: is empty'],
		[{ tapTargetTitle: '', tapTargetUrl: 'https://example.com' }, 'Tap Target Title: is empty'],
	])('%j: %s', (values, message) => expect(problems(values)).toEqual([message]));

	test('an order status of a table does not make a component by itself', () => {
		expect(componentsOf({ orderStatus: 'shipped' })).toBeUndefined();
	});
});

describe('components as JSON', () => {
	test('take the place of all fields and are left as they are', () => {
		const components = [
			{ type: 'HEADER', parameters: [] },
			{ type: 'unheard_of', depth: 3 },
		];
		expect(componentsOf({ components, bodyVariables: [''] })).toEqual(components);
		expect(componentsOf({ components: JSON.stringify(components) })).toEqual(components);
		expect(componentsOf({ components: '[]' })).toBeUndefined();
	});

	test.each([
		['body', 'is no valid JSON'],
		[true, 'must be a list, but is the boolean true'],
		[['body'], '1: must be an object, but is a string'],
	])('%j %s', (components, message) => {
		const [problem] = problems({ components });
		expect(problem).toContain('Components (JSON)');
		expect(problem).toContain(message);
	});

	test('each needs a type', () => {
		expect(problems({ components: [{ type: 'body' }, { parameters: [] }] })).toEqual([
			'Components (JSON) 2 › type: is missing; for example header, body or button',
		]);
	});
});

describe('Marketing Messages API', () => {
	const sent = (options: unknown): Record<string, unknown> => {
		const { message } = sendOperationNamed('sendTemplate');
		const values = message.schema.parse({ ...good, options });
		return { ...message.envelope?.(values), ...contentOf('sendTemplate', { ...good, options }) };
	};

	test.each([[undefined], [{}], [{ callbackValue: 'a' }], [{ marketing: {} }]])(
		'%j: the usual way',
		(options) => {
			expect(sent(options)).not.toHaveProperty('endpoint');
			expect(sent(options)).not.toHaveProperty('product_policy');
		},
	);

	test.each([
		[{}, { product_policy: 'CLOUD_API_FALLBACK' }],
		[{ productPolicy: 'STRICT' }, { product_policy: 'STRICT' }],
		[
			{ activitySharing: 'yes' },
			{ product_policy: 'CLOUD_API_FALLBACK', message_activity_sharing: true },
		],
		[
			{ activitySharing: 'no' },
			{ product_policy: 'CLOUD_API_FALLBACK', message_activity_sharing: false },
		],
	])('%j', (settings, members) => {
		const envelope = sent({ marketing: { settings } });
		expect(envelope).toEqual({
			endpoint: 'marketing_messages',
			type: 'template',
			template: { name: 'order_update', language: { code: 'en_US' } },
			...members,
		});
	});

	test('an unknown policy is told', () => {
		expect(problems({ options: { marketing: { settings: { productPolicy: 'LAX' } } } })).toEqual([
			'Options › Marketing Messages API: cannot be used: must be one of CLOUD_API_FALLBACK, STRICT',
		]);
	});
});
