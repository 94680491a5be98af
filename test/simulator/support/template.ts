/** Templates of the default account with valid components, for the tests to bend. */

/** Members of a message or of one of its components. */
export type Parts = Record<string, unknown>;

export const template = (name: string, components?: Parts[], language = 'en_US'): Parts => ({
	type: 'template',
	template: { name, language: { code: language }, ...(components ? { components } : {}) },
});

export const link = 'https://example.com/file';
export const words = (...texts: string[]): Parts[] => texts.map((text) => ({ type: 'text', text }));
export const body = (...parameters: Parts[]): Parts => ({ type: 'body', parameters });
export const header = (...parameters: Parts[]): Parts => ({ type: 'header', parameters });
export const image = { type: 'image', image: { link } };
export const button = (
	sub_type: string,
	index: number | string,
	...parameters: Parts[]
): Parts => ({
	type: 'button',
	sub_type,
	index,
	parameters,
});
export const track = button('url', 2, ...words('A-1001'));
export const order = [header(image), body(...words('Ana', 'A-1001')), track];

export const name = (parameter_name: string, text: string): Parts => ({
	type: 'text',
	parameter_name,
	text,
});
export const appointment = [
	header(name('first_name', 'Ana')),
	body(name('time', '10:30'), name('day', 'Monday')),
];

export const card = (card_index: number, ...more: Parts[]): Parts => ({
	card_index,
	components: [header(image), body(...words('15')), button('url', '1', ...words('aloe')), ...more],
});
export const carousel = (...cards: Parts[]): Parts[] => [
	body(...words('Ana')),
	{ type: 'carousel', cards },
];

export const code = (text: string): Parts[] => [
	body(...words('123456')),
	button('url', 0, ...words(text)),
];

export const coupon = (coupon_code: string): Parts =>
	button('copy_code', 0, { type: 'coupon_code', coupon_code });
const until = {
	type: 'limited_time_offer',
	limited_time_offer: { expiration_time_ms: 1_900_000_000_000 },
};
export const offer = (...parts: Parts[]): Parts[] => [
	header(image),
	body(...words('20')),
	button('url', 1, ...words('LUCKY20')),
	...parts,
];
export const ends = { type: 'limited_time_offer', parameters: [until] };
export const items = (count: number): Parts => ({
	title: 'Plants',
	product_items: Array.from({ length: count }, () => ({ product_retailer_id: 'SKU-ALOE' })),
});
export const cart = (action: Parts): Parts[] => [
	header(...words('Ana')),
	button('mpm', 0, {
		type: 'action',
		action: { thumbnail_product_retailer_id: 'SKU-ALOE', ...action },
	}),
];
