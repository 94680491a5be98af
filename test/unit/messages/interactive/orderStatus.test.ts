import { characters, problemsOf } from '../../../fixtures/messageProblems';

const problems = (values: Record<string, unknown>): string[] =>
	problemsOf('sendInteractive', {
		interactiveType: 'order_status',
		body: 'Your order',
		referenceId: 'order-1',
		orderStatus: 'shipped',
		...values,
	});

test.each(['pending', 'processing', 'partially_shipped', 'shipped', 'completed', 'canceled'])(
	'%s is taken',
	(orderStatus) => expect(problems({ orderStatus })).toEqual([]),
);

test.each([
	['a description of 120 characters', { statusDescription: characters(120) }],
	['a reference of 35', { referenceId: characters(35) }],
	['a payment alone', { orderStatus: 'none', options: { paymentStatus: 'failed' } }],
])('%s is taken', (_, values) => expect(problems(values)).toEqual([]));

test.each([
	[{ body: '' }, 'Body: is empty'],
	[{ body: characters(1025) }, 'Body: can have at most 1,024 characters, but has 1,025'],
	[{ referenceId: characters(36) }, 'Reference ID: can have at most 35 characters, but has 36'],
	[
		{ statusDescription: characters(121) },
		'Status Description: can have at most 120 characters, but has 121',
	],
	[{ orderStatus: 'delivered' }, expect.stringMatching(/^Order Status: must be one of .*shipped/)],
	[{ orderStatus: undefined }, expect.stringMatching(/^Order Status: must be one of /)],
	[
		{ orderStatus: 'none' },
		'Order Status: is unchanged, and so is the payment; choose one of them',
	],
	[
		{ options: { paymentStatus: 'paid' } },
		'Options › Payment Status: must be one of Captured (captured), Failed (failed), Pending (pending), but is the text "paid"',
	],
])('%j: %s', (values, message) => expect(problems(values)).toEqual([message]));
