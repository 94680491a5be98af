import { characters, contentOf, problemsOf } from '../../../fixtures/messageProblems';

const good = {
	interactiveType: 'order_details',
	body: 'Your order',
	referenceId: 'order-1',
	currency: 'INR',
	items: [{ name: 'Bread', amount: '10', quantity: 1 }],
};
const problems = (values: Record<string, unknown>): string[] =>
	problemsOf('sendInteractive', { ...good, ...values });
const itemProblems = (values: Record<string, unknown>): string[] =>
	problems({ items: [...good.items, { ...good.items[0], ...values }] });

interface Parameters {
	total_amount: { value: number; offset: number };
	order?: { subtotal: { value: number }; expiration?: { timestamp: string } };
	payment_type?: string;
}
const parametersOf = (values: Record<string, unknown>): Parameters => {
	const { interactive } = contentOf('sendInteractive', { ...good, ...values });
	return (interactive as { action: { parameters: Parameters } }).action.parameters;
};

test.each([
	['a body of 1,024 characters', { body: characters(1024) }],
	['a reference of 35 characters', { referenceId: characters(35) }],
	['a reference with all kinds of characters', { referenceId: 'aZ0_-.' }],
	['a reference that is a number', { referenceId: 1042 }],
	['another currency', { currency: 'sgd' }],
	['no items but a total', { items: [], totalAmount: '5' }],
	['a total that is right', { tax: 1, shipping: '2.5', discount: 0.5, totalAmount: '13' }],
	['payment settings as one object', { paymentSettings: { type: 'payment_link' } }],
	['no payment settings', { paymentSettings: '[]' }],
	['a picture above', { headerMediaLink: 'https://example.com/a.png' }],
])('%s is taken', (_, values) => expect(problems(values)).toEqual([]));

test.each([
	['a name of 60 characters', { name: characters(60) }],
	['a quantity as text', { quantity: '12' }],
	['an amount of nothing', { amount: 0 }],
	['a whole amount', { amount: 1500 }],
	['two decimals', { amount: '0.05' }],
	['an origin as JSON text', { origin: '{"country": "India"}' }],
])('an item with %s is taken', (_, values) => expect(itemProblems(values)).toEqual([]));

test.each([
	[{ body: characters(1025) }, 'Body: can have at most 1,024 characters, but has 1,025'],
	[{ referenceId: '' }, 'Reference ID: is empty'],
	[{ referenceId: characters(36) }, 'Reference ID: can have at most 35 characters, but has 36'],
	[
		{ referenceId: 'order 1' },
		'Reference ID: can have only letters from A to Z, digits, dots, dashes and underscores, but is "order 1"',
	],
	[
		{ referenceId: 'größe' },
		'Reference ID: can have only letters from A to Z, digits, dots, dashes and underscores, but is "größe"',
	],
	[
		{ goodsType: 'services' },
		'Goods: must be one of Digital (digital-goods), Physical (physical-goods), but is the text "services"',
	],
	[{ currency: 'rupees' }, 'Currency: must be three letters, such as INR, but is "rupees"'],
	[{ items: [] }, 'Total: is empty, and there are no items to compute it from'],
	[{ items: [1] }, 'Items › Item 1: must be an object, but is the number 1'],
	[{ tax: '1,5' }, 'Tax: must be an amount such as 19.99, but is "1,5"'],
	[{ shipping: -1 }, 'Shipping: must be an amount such as 19.99, but is "-1"'],
	[{ discount: {} }, 'Discount: must be an amount such as 19.99, but is an object'],
	[{ discount: 11 }, 'Total: is below zero: the discount is more than all the rest'],
	[
		{ tax: '1', totalAmount: '12' },
		'Total: is 12.00, but items, tax, shipping and discount make 11.00; leave it empty to have it computed',
	],
	[{ paymentSettings: '[1]' }, 'Payment Settings (JSON) 1: must be an object, but is the number 1'],
	[
		{ headerType: 'video', headerMediaId: '7' },
		'Header: must be one of None (none), Image (image), but is the text "video"',
	],
	[{ options: { quickPay: 'yes' } }, 'Options › Quick Pay: must be true or false'],
	[
		{ options: { expiresAt: '2026-12-31T18:00:00' } },
		'Options › Expires At: must be a time with its time zone, such as 2026-12-31T18:00:00+05:30',
	],
	[
		{ options: { expiresAt: 'tomorrow' } },
		'Options › Expires At: must be a time with its time zone, such as 2026-12-31T18:00:00+05:30',
	],
	[
		{ options: { beneficiaries: '[' } },
		expect.stringMatching(/^Options › Beneficiaries \(JSON\): is no valid JSON/),
	],
])('%j: %s', (values, message) => expect(problems(values)).toEqual([message]));

test.each([
	[{ name: '' }, 'Name: is empty'],
	[{ name: characters(61) }, 'Name: can have at most 60 characters, but has 61'],
	[{ amount: '' }, 'Price: is empty'],
	[{ amount: '19.999' }, 'Price: must be an amount such as 19.99, but is "19.999"'],
	[{ amount: 19.999 }, 'Price: must be an amount such as 19.99, but is "19.999"'],
	[{ amount: '₹19' }, 'Price: must be an amount such as 19.99, but is "₹19"'],
	[{ amount: 1e300 }, 'Price: must be an amount such as 19.99, but is "1e+300"'],
	[{ saleAmount: 'half' }, 'Sale Price: must be an amount such as 19.99, but is "half"'],
	[{ quantity: 0 }, 'Quantity: must be at least 1, but is 0'],
	[{ quantity: 0.5 }, 'Quantity: must be a whole number, but is "0.5"'],
	[{ quantity: '' }, 'Quantity: is empty'],
	[
		{ origin: { importerAddress: '[]' } },
		'Origin › Importer Address: must be a JSON object, but is a list',
	],
])('an item with %j: %s', (values, message) =>
	expect(itemProblems(values)).toEqual([`Items › Item 2 › ${message}`]),
);

test.each([
	['0.1', 3, 30],
	[0.1, 3, 30],
	[19.99, 1, 1999],
	[1.1, 3, 330],
	['1234567.89', 1, 123456789],
	['5.', 1, null],
	['5.5', 2, 1100],
])('%j taken %i times makes %j hundredths', (amount, quantity, hundredths) => {
	const values = { items: [{ name: 'A', amount, quantity }] };
	if (hundredths === null) expect(problems(values)).toHaveLength(1);
	else expect(parametersOf(values).total_amount).toEqual({ value: hundredths, offset: 100 });
});

test('a sum of amounts that JavaScript cannot add exactly is exact', () => {
	const parameters = parametersOf({
		tax: 0.1 + 0.2,
		items: [{ name: 'A', amount: 0.7, quantity: 1 }],
	});
	expect(parameters.total_amount.value).toBe(100);
	expect(parameters.order?.subtotal.value).toBe(70);
});

test.each([
	['2026-12-31T18:00:00+05:30', '1798720200'],
	['2026-12-31T12:30:00Z', '1798720200'],
	['2026-12-31T12:30:00.000Z', '1798720200'],
	[1798720200, '1798720200'],
	['1798720200', '1798720200'],
	[1798720200000, '1798720200'],
	[new Date('2026-12-31T12:30:00Z'), '1798720200'],
	[{ toISO: () => '2026-12-31T18:00:00.000+05:30' }, '1798720200'],
])('an order that expires at %j', (expiresAt, timestamp) => {
	const { order } = parametersOf({ options: { expiresAt } });
	expect(order?.expiration).toEqual({ timestamp });
});

test('the payment type is that of Brazil where the currency is', () => {
	expect(parametersOf({ currency: 'BRL' }).payment_type).toBe('br');
	expect(parametersOf({ currency: 'INR' })).not.toHaveProperty('payment_type');
});
