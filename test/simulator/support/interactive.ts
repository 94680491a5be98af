/** One valid interactive message of each kind, for the tests to bend. */

type Parts = Record<string, unknown>;

const body = { text: 'Body' };

export const interactive = (content: Parts): Parts => ({
	type: 'interactive',
	interactive: content,
});

export const button = (id: string, title = id): Parts => ({ type: 'reply', reply: { id, title } });

export const buttons = (list: Parts[], parts: Parts = {}): Parts =>
	interactive({ type: 'button', body, action: { buttons: list }, ...parts });

export const row = (id: string, parts: Parts = {}): Parts => ({ id, title: `Row ${id}`, ...parts });

export const list = (sections: Parts[], parts: Parts = {}): Parts =>
	interactive({ type: 'list', body, action: { button: 'Choose', sections }, ...parts });

export const ctaUrl = (parameters: Parts, parts: Parts = {}): Parts =>
	interactive({ type: 'cta_url', body, action: { name: 'cta_url', parameters }, ...parts });

export const flow = (parameters: Parts): Parts =>
	interactive({
		type: 'flow',
		body,
		action: {
			name: 'flow',
			parameters: {
				flow_message_version: '3',
				flow_cta: 'Book',
				flow_id: '600000000000001',
				...parameters,
			},
		},
	});

export const mediaCard = (index: number, parts: Parts = {}): Parts => ({
	card_index: index,
	type: 'cta_url',
	header: { type: 'image', image: { link: 'https://example.com/a.png' } },
	body: { text: 'Card' },
	action: { name: 'cta_url', parameters: { display_text: 'Open', url: 'https://example.com/' } },
	...parts,
});

export const productCard = (index: number, retailerId = 'SKU-ALOE'): Parts => ({
	card_index: index,
	type: 'product',
	action: { product_retailer_id: retailerId, catalog_id: '500000000000001' },
});

export const carousel = (cards: Parts[], parts: Parts = {}): Parts =>
	interactive({ type: 'carousel', body, action: { cards }, ...parts });

export const product = (action: Parts, parts: Parts = {}): Parts =>
	interactive({
		type: 'product',
		action: { catalog_id: '500000000000001', product_retailer_id: 'SKU-ALOE', ...action },
		...parts,
	});

export const productList = (sections: Parts[], parts: Parts = {}): Parts =>
	interactive({
		type: 'product_list',
		header: { type: 'text', text: 'Shop' },
		body,
		action: { catalog_id: '500000000000001', sections },
		...parts,
	});

export const productSection = (count: number, title = 'Plants'): Parts => ({
	title,
	product_items: Array.from({ length: count }, () => ({ product_retailer_id: 'SKU-ALOE' })),
});

export const named = (type: string, name: string, parts: Parts = {}, parameters?: Parts): Parts =>
	interactive({
		type,
		body,
		action: { name, ...(parameters === undefined ? {} : { parameters }) },
		...parts,
	});

const amount = (value: number): Parts => ({ value, offset: 100 });

export const order = (parameters: Parts = {}, orderParts: Parts = {}): Parts =>
	named(
		'order_details',
		'review_and_pay',
		{},
		{
			reference_id: 'order-1',
			type: 'digital-goods',
			currency: 'INR',
			total_amount: amount(1000),
			order: {
				status: 'pending',
				items: [{ retailer_id: '1', name: 'Pot', amount: amount(1000), quantity: 1 }],
				subtotal: amount(1000),
				...orderParts,
			},
			...parameters,
		},
	);

export const orderStatus = (status: string, referenceId = 'order-1'): Parts =>
	named('order_status', 'review_order', {}, { reference_id: referenceId, order: { status } });
