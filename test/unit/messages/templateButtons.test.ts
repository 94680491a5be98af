import { characters, contentOf, problemsOf } from '../../fixtures/messageProblems';

const good = { template: 'order_update', language: 'en_US' };
const problems = (values: Record<string, unknown>): string[] =>
	problemsOf('sendTemplate', { ...good, ...values });
const componentsOf = (values: Record<string, unknown>): unknown => {
	const { template } = contentOf('sendTemplate', { ...good, ...values });
	return (template as { components?: unknown }).components;
};

const section = (count: number, title?: string) => ({
	title,
	products: Array.from({ length: count }, (_, index) => `SKU-${index}`),
});
const order = { reference_id: 'order-1', currency: 'INR' };

test.each([
	['ten buttons', Array.from({ length: 10 }, () => ({ type: 'url', text: 'a' }))],
	['the last position', [{ type: 'url', text: 'a', index: 9 }]],
	['a position as text', [{ type: 'url', text: 'a', index: ' 0 ' }]],
	['rows of the editor', { button: [{ type: 'url', text: 'a', index: '' }] }],
	['JSON text', '[{"type": "url", "text": "a"}]'],
	['one button without a list around it', { type: 'url', text: 'a' }],
	["Meta's capitals", [{ type: 'QUICK_REPLY', payload: 'a' }]],
	['a number as the end of an address', [{ type: 'url', text: 1042 }]],
	['an end of 2,000 characters', [{ type: 'url', text: characters(2000) }]],
	['a payload of any length', [{ type: 'quick_reply', payload: characters(3000) }]],
	['a coupon of 20 characters', [{ type: 'copy_code', code: characters(20) }]],
	['a password of 15 characters', [{ type: 'otp', code: characters(15) }]],
	['a Flow without token and data', [{ type: 'flow' }]],
	['a catalog without a product', [{ type: 'catalog' }]],
	['ten sections', [{ type: 'mpm', sections: titled(10, 1) }]],
	['30 products', [{ type: 'mpm', sections: titled(2, 15) }]],
	['one section without a title', [{ type: 'mpm', sections: [section(30)] }]],
	['a title of 24 characters', [{ type: 'mpm', sections: [section(1, characters(24))] }]],
	['a reference ID of 35 characters', [orderButton({ reference_id: characters(35) })]],
	['an order as JSON text', [{ type: 'order_details', orderDetails: JSON.stringify(order) }]],
	['a minute', [{ type: 'voice_call', ttlMinutes: 1 }]],
	['30 days', [{ type: 'voice_call', ttlMinutes: '43200' }]],
	['a call payload of 512 characters', [{ type: 'voice_call', callPayload: characters(512) }]],
])('%s: taken', (_, buttons) => expect(problems({ buttons })).toEqual([]));

function titled(count: number, products: number) {
	return Array.from({ length: count }, (_, index) => section(products, `Section ${index}`));
}

function orderButton(members: Record<string, unknown>) {
	return { type: 'order_details', orderDetails: { ...order, ...members } };
}

test.each([
	[
		Array.from({ length: 11 }, () => ({ type: 'url', text: 'a' })),
		'Buttons: can have at most 10 entries, but has 11',
	],
	[5, 'Buttons: must be a list, but is the number 5'],
	[['a'], 'Buttons › Button 1: must be an object, but is the text "a"'],
	[
		[{ type: 'phone' }],
		'Buttons › Button 1 › Type: must be one of URL (url), Quick Reply (quick_reply), Copy Code (copy_code), One-Time Password (otp), Flow (flow), Catalog (catalog), Multi-Product (mpm), Order Details (order_details), Payment Request (payment_request), Voice Call (voice_call), but is the text "phone"',
	],
	[
		[{ type: 'url', text: 'a', index: 10 }],
		'Buttons › Button 1 › Position: must be from 0 to 9, but is 10',
	],
	[
		[{ type: 'url', text: 'a', index: -1 }],
		'Buttons › Button 1 › Position: must be from 0 to 9, but is -1',
	],
	[
		[{ type: 'url', text: 'a', index: 'first' }],
		'Buttons › Button 1 › Position: must be a whole number, but is "first"',
	],
	[
		[
			{ type: 'url', text: 'a', index: 1 },
			{ type: 'url', text: 'b' },
		],
		'Buttons › Button 2 › Position: is 1 as for a button above; each has its own',
	],
	[[{ type: 'url', text: '' }], 'Buttons › Button 1 › URL Variable: is empty'],
	[[{ type: 'quick_reply', payload: '' }], 'Buttons › Button 1 › Payload: is empty'],
	[
		[{ type: 'url', text: characters(2001) }],
		'Buttons › Button 1 › URL Variable: can have at most 2,000 characters, but has 2,001',
	],
	[
		[{ type: 'copy_code', code: characters(21) }],
		'Buttons › Button 1 › Code: can have at most 20 characters, but has 21',
	],
	[
		[{ type: 'otp', code: characters(16) }],
		'Buttons › Button 1 › Code: can have at most 15 characters, but has 16',
	],
	[[{ type: 'otp', code: '' }], 'Buttons › Button 1 › Code: is empty'],
	[
		[{ type: 'flow', flowData: '[1]' }],
		'Buttons › Button 1 › Flow Data (JSON): must be a JSON object, but is a list',
	],
	[[{ type: 'mpm' }], 'Buttons › Button 1 › Sections: is empty'],
	[
		[{ type: 'mpm', sections: titled(11, 1) }],
		'Buttons › Button 1 › Sections: can have at most 10 entries, but has 11',
	],
	[
		[{ type: 'mpm', sections: [section(16, 'A'), section(15, 'B')] }],
		'Buttons › Button 1 › Sections: can have at most 30 products in all, but have 31',
	],
	[
		[{ type: 'mpm', sections: [section(1, characters(25))] }],
		'Buttons › Button 1 › Sections › Section 1 › Title: can have at most 24 characters, but has 25',
	],
	[
		[{ type: 'mpm', sections: [section(1, 'A'), section(1)] }],
		'Buttons › Button 1 › Sections › Section 2 › Title: is empty; with several sections each needs a title',
	],
	[
		[{ type: 'mpm', sections: [{ title: 'A', products: ' , ' }] }],
		'Buttons › Button 1 › Sections › Section 1 › Products: is empty',
	],
	[[{ type: 'order_details' }], 'Buttons › Button 1 › Order Details (JSON): is empty'],
	[
		[orderButton({ reference_id: characters(36) })],
		'Buttons › Button 1 › Order Details (JSON) › reference_id: can have at most 35 characters, but has 36',
	],
	[
		[orderButton({ reference_id: 'a b' })],
		'Buttons › Button 1 › Order Details (JSON) › reference_id: can have only letters from A to Z, digits, dots, dashes and underscores, but is "a b"',
	],
	[
		[{ type: 'voice_call', ttlMinutes: 0 }],
		'Buttons › Button 1 › Valid for Minutes: must be from 1 to 43,200, but is 0',
	],
	[
		[{ type: 'voice_call', ttlMinutes: 43_201 }],
		'Buttons › Button 1 › Valid for Minutes: must be from 1 to 43,200, but is 43,201',
	],
	[
		[{ type: 'voice_call', callPayload: characters(513) }],
		'Buttons › Button 1 › Call Payload: can have at most 512 characters, but has 513',
	],
])('%j: %s', (buttons, message) => expect(problems({ buttons })).toEqual([message]));

test('positions that are left out are those in the list', () => {
	const buttons = [{ text: 'a' }, { type: 'quick_reply', payload: 'b' }, { text: 'c', index: 7 }];
	expect(componentsOf({ buttons })).toMatchObject([
		{ sub_type: 'url', index: '0' },
		{ sub_type: 'quick_reply', index: '1' },
		{ sub_type: 'url', index: '7' },
	]);
});

test('an order is sent as it was written', () => {
	const details = { ...order, payment_settings: [{ type: 'upi' }], unheard_of: 1 };
	expect(componentsOf({ buttons: [{ type: 'order_details', orderDetails: details }] })).toEqual([
		{
			type: 'button',
			sub_type: 'order_details',
			index: '0',
			parameters: [{ type: 'action', action: { order_details: details } }],
		},
	]);
});

test('a call button without values takes what Meta sets', () => {
	expect(
		componentsOf({ buttons: [{ type: 'voice_call', ttlMinutes: '', callPayload: '' }] }),
	).toEqual([{ type: 'button', sub_type: 'voice_call', parameters: [] }]);
});

test('a thumbnail of a choice of products may be chosen', () => {
	const button = { type: 'mpm', sections: [section(2)], thumbnailProductRetailerId: 'SKU-1' };
	expect(componentsOf({ buttons: [button] })).toMatchObject([
		{ parameters: [{ action: { thumbnail_product_retailer_id: 'SKU-1' } }] },
	]);
});

describe('one-time password', () => {
	const buttons = [{ type: 'otp', code: ' 913642 ' }];
	const code = { type: 'text', text: '913642' };

	test('stands in the text and in the button', () => {
		expect(componentsOf({ buttons })).toEqual([
			{ type: 'body', parameters: [code] },
			{ type: 'button', sub_type: 'url', index: '0', parameters: [code] },
		]);
	});

	test('may be given for both', () => {
		expect(componentsOf({ buttons, bodyVariables: ['913642'] })).toEqual(componentsOf({ buttons }));
	});

	test('is the same in both', () => {
		expect(problems({ buttons, bodyVariables: ['913643'] })).toEqual([
			'Body Variables › Variable 1 › Text: must be the one-time password of the button, 913642; leave it out to have it filled in',
		]);
	});
});

describe('a coupon in a limited-time offer', () => {
	const offer = (length: number) => ({
		offerExpiresAt: '2027-02-25T23:59:00Z',
		buttons: [
			{ type: 'url', text: 'a' },
			{ type: 'copy_code', code: characters(length) },
		],
	});

	test('has up to 15 characters', () => expect(problems(offer(15))).toEqual([]));

	test('has no more', () => {
		expect(problems(offer(16))).toEqual([
			'Buttons › Button 2 › Code: can have at most 15 characters with a limited-time offer, but has 16',
		]);
	});
});
