import { contentOf, problemsOf } from '../../fixtures/messageProblems';

const actionOf = (operation: string, values: Record<string, unknown>): unknown => {
	const { interactive } = contentOf(operation, values) as Record<string, unknown>;
	return (interactive as Record<string, unknown>)['action'];
};

describe('reply buttons', () => {
	const type = { interactiveType: 'button', body: 'Pick' };
	const yes = { id: 'yes', title: 'Yes' };
	const reply = { type: 'reply', reply: yes };
	const action = { buttons: [reply] };

	test.each<[string, unknown]>([
		['own rows', [yes]],
		["Meta's buttons", [reply]],
		['without the type', [{ reply: yes }]],
		['as JSON text', JSON.stringify([reply])],
		['one alone', reply],
		['the action', action],
		['in a member of that name', { action }],
		['the interactive object', { type: 'button', body: { text: 'Pick' }, action }],
		['the message', { type: 'interactive', interactive: { type: 'button', action } }],
		[
			'the whole request',
			{
				messaging_product: 'whatsapp',
				recipient_type: 'individual',
				to: '+15550100001',
				type: 'interactive',
				interactive: { type: 'button', action },
			},
		],
		['the interactive object, in a list', [{ type: 'button', body: { text: 'Pick' }, action }]],
		['the message, in a list', [{ type: 'interactive', interactive: { type: 'button', action } }]],
	])('%s', (_, buttons) => {
		expect(problemsOf('sendInteractive', { ...type, buttons })).toEqual([]);
		expect(actionOf('sendInteractive', { ...type, buttons })).toEqual(action);
	});

	test('what the JSON says beside the list counts', () => {
		const interactive = {
			type: 'button',
			header: {
				type: 'document',
				document: { link: 'https://example.com/a.pdf', filename: 'a.pdf' },
			},
			body: { text: 'Choose' },
			footer: { text: 'Thanks' },
			action,
		};
		expect(contentOf('sendInteractive', { ...type, buttons: { interactive } })).toEqual({
			type: 'interactive',
			interactive,
		});
	});

	test.each<[unknown, string]>([
		[
			[{ ...yes, payload: 'x' }],
			'Button 1 › payload: is not known here; known are type, title, id',
		],
		[[{ ID: 'a', title: 'b' }], 'Button 1 › ID: is not known here; did you mean "id"?'],
		[
			[{ type: 'reply', reply: { ...yes, titel: 'Ja' } }],
			'Button 1 › titel: is not known here; did you mean "title"?',
		],
		[
			[{ ...yes, type: 'url', url: 'https://example.com' }],
			'Button 1 › ID: is not known here; known are type, title, url',
		],
		[
			[{ type: 'reply', id: 'other', reply: yes }],
			'Button 1 › reply: is not known here; known are type, title, id',
		],
		[{ type: 'list', action }, 'is JSON of the type "list", and not of "button"'],
		[
			{ action, head: { type: 'text', text: 'x' } },
			'head: is not known here; did you mean "header"?',
		],
		[[{ ...yes, title: null }], 'Button 1 › Title: is required'],
	])('%j: %s', (buttons, message) => {
		expect(problemsOf('sendInteractive', { ...type, buttons })).toContainEqual(
			expect.stringMatching(new RegExp(`^Buttons(: | › )${message.replace(/[?]/g, '\\?')}$`)),
		);
	});

	test('a member that holds nothing is no matter', () =>
		expect(problemsOf('sendInteractive', { ...type, buttons: [{ ...yes, icon: null }] })).toEqual(
			[],
		));

	test('spaces around an ID are taken off', () =>
		expect(
			actionOf('sendInteractive', { ...type, buttons: [{ id: ' yes\n', title: 'Yes' }] }),
		).toEqual(action));
});

describe('a list', () => {
	const type = { interactiveType: 'list', body: 'Pick', buttonText: 'Menu' };
	const sections = [{ title: 'Sizes', rows: [{ id: 's', title: 'Small', description: '5 €' }] }];

	test.each<[string, unknown, string]>([
		['sections', sections, 'Menu'],
		['an object with them', { sections }, 'Menu'],
		['the action', { button: 'Open', sections }, 'Open'],
		['the interactive object', { type: 'list', action: { button: 'Open', sections } }, 'Open'],
	])('%s', (_, given, button) =>
		expect(actionOf('sendInteractive', { ...type, sections: given })).toEqual({ button, sections }),
	);

	test('names what it does not know, at any depth', () => {
		const rows = [{ id: 's', title: 'Small', desc: '5 €' }];
		expect(
			problemsOf('sendInteractive', { ...type, sections: [{ titel: 'Sizes', rows }] }),
		).toEqual([
			'Sections › Section 1 › titel: is not known here; did you mean "title"?',
			'Sections › Section 1 › Rows › Row 1 › desc: is not known here; did you mean "description"?',
		]);
	});
});

describe('a media carousel', () => {
	const type = { interactiveType: 'carousel', body: 'Look' };
	const linkCard = (index: number) => ({
		card_index: index,
		type: 'cta_url',
		header: { type: 'image', image: { link: `https://example.com/${index}.jpeg` } },
		body: { text: `Card ${index}` },
		action: { name: 'cta_url', parameters: { display_text: 'Buy', url: 'https://example.com' } },
	});
	const replyCard = (index: number) => ({
		card_index: index,
		type: 'cta_url',
		header: { type: 'video', video: { id: '1013859600285441' } },
		action: { buttons: [{ type: 'quick_reply', quick_reply: { id: `q${index}`, title: 'More' } }] },
	});

	test.each([[[linkCard(0), linkCard(1)]], [[replyCard(0), replyCard(1)]]])('%j', (cards) => {
		expect(problemsOf('sendInteractive', { ...type, cards })).toEqual([]);
		expect(actionOf('sendInteractive', { ...type, cards })).toEqual({ cards });
		const whole = { type: 'carousel', body: { text: 'Look' }, action: { cards } };
		expect(actionOf('sendInteractive', { ...type, cards: whole })).toEqual({ cards });
	});

	test('names what it does not know', () => {
		const cards = [{ ...linkCard(0), footer: { text: 'x' } }, linkCard(1)];
		expect(problemsOf('sendInteractive', { ...type, cards })).toEqual([
			expect.stringContaining('Cards › Card 1 › footer: is not known here'),
		]);
	});
});

describe('products', () => {
	test('sections with product_items', () => {
		const action = {
			catalog_id: '77',
			sections: [{ title: 'Pots', product_items: [{ product_retailer_id: 'P-1' }] }],
		};
		const values = {
			productType: 'product_list',
			headerText: 'Pots',
			body: 'All',
			catalogId: '77',
		};
		expect(actionOf('sendProduct', { ...values, sections: action.sections })).toEqual(action);
		expect(actionOf('sendProduct', { ...values, catalogId: '1', sections: action })).toEqual(
			action,
		);
	});

	test('cards of a carousel', () => {
		const cards = ['P-1', 'P-2'].map((id, index) => ({
			card_index: index,
			type: 'product',
			action: { product_retailer_id: id, catalog_id: '77' },
		}));
		const values = { productType: 'carousel', body: 'All', catalogId: '77' };
		expect(actionOf('sendProduct', { ...values, products: cards })).toEqual({ cards });
		expect(actionOf('sendProduct', { ...values, products: { cards } })).toEqual({ cards });
	});

	test('names what it does not know', () =>
		expect(
			problemsOf('sendProduct', {
				...{ productType: 'carousel', body: 'All', catalogId: '77' },
				products: [{ product_retailer_ids: 'P-1' }, 'P-2'],
			}),
		).toContainEqual(
			expect.stringContaining(
				'product_retailer_ids: is not known here; did you mean "productRetailerId"?',
			),
		));
});

describe('contacts', () => {
	test('names what it does not know', () => {
		const contact = {
			name: { formatted_name: 'Ada', nick: 'A' },
			phones: [{ number: '+1' }],
			tel: '+1',
		};
		expect(problemsOf('sendContacts', { contacts: [contact] })).toEqual(
			expect.arrayContaining([
				expect.stringContaining('Contacts › Contact 1 › tel: is not known here'),
				expect.stringContaining('Contacts › Contact 1 › name › nick: is not known here'),
				expect.stringContaining('Phone Number 1 › number: is not known here'),
			]),
		);
	});
});

test('items of an order, with amounts as Meta writes them', () => {
	const item = {
		retailer_id: 'SKU-1',
		name: 'Pot',
		amount: { value: 1999, offset: 100 },
		sale_amount: { value: 1500, offset: 100 },
		quantity: 2,
		country_of_origin: 'India',
	};
	const values = {
		...{ interactiveType: 'order_details', body: 'Pay', referenceId: 'o-1', currency: 'INR' },
		items: [item],
		paymentSettings: [],
	};
	expect(problemsOf('sendInteractive', values)).toEqual([]);
	expect(actionOf('sendInteractive', values)).toMatchObject({
		parameters: { order: { items: [item] } },
	});
	const inEuro = { ...item.amount, currency: 'EUR' };
	expect(
		problemsOf('sendInteractive', { ...values, items: [{ ...item, amount: inEuro }] }),
	).toEqual([
		expect.stringMatching(
			/^Items › Item 1 › .*currency: is not known here; known are value, offset$/,
		),
	]);
	expect(problemsOf('sendInteractive', { ...values, items: [{ ...item, qty: 1 }] })).toContainEqual(
		expect.stringContaining('Items › Item 1 › qty: is not known here'),
	);
});

test('an address with corrections by part', () => {
	const corrections = { in_pin_code: 'Not found', city: 'Unknown' };
	const values = { interactiveType: 'address_message', body: 'Where?', country: 'IN' };
	expect(
		actionOf('sendInteractive', { ...values, validationErrors: JSON.stringify(corrections) }),
	).toMatchObject({ parameters: { validation_errors: corrections } });
	expect(
		problemsOf('sendInteractive', { ...values, savedAddresses: [{ id: 'a', pin_code: '1' }] }),
	).toEqual([expect.stringContaining('pin_code: is not known here; did you mean "in_pin_code"?')]);
});
