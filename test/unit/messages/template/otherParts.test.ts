import { sendOperationNamed } from '../../../fixtures/messageFixtures';
import { characters, contentOf } from '../../../fixtures/messageProblems';
import { componentsOf, good, problems } from './values';

describe('limited-time offer', () => {
	const offer = (offerExpiresAt: unknown): unknown =>
		(
			componentsOf({ offerExpiresAt }) as {
				parameters: { limited_time_offer: { expiration_time_ms: number } }[];
			}[]
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
			'Reference ID: can have only letters from A to Z, digits, dots, dashes and underscores, but is "a b"',
		],
		[
			{ ...order, orderStatus: 'lost' },
			'Order Status: must be one of Processing (processing), Partially Shipped (partially_shipped), Shipped (shipped), Completed (completed), Canceled (canceled), but is the text "lost"',
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
		[['body'], '1: must be an object, but is the text "body"'],
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

	test.each([[undefined], [{}], [{ trackingText: 'a' }], [{ marketing: {} }]])(
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
			'Options › Marketing Messages API › If Not Eligible: must be one of Send Through the Cloud API (CLOUD_API_FALLBACK), Do Not Send (STRICT), but is the text "LAX"',
		]);
	});
});
