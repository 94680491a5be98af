import { characters, problemsOf } from '../../../fixtures/messageProblems';

const catalogId = '367025965434465';
const products = (count: number) => Array.from({ length: count }, (_, index) => `SKU-${index}`);

describe('product', () => {
	const problems = (values: Record<string, unknown>): string[] =>
		problemsOf('sendProduct', {
			productType: 'product',
			catalogId,
			productRetailerId: 'SKU-1',
			...values,
		});

	test.each([
		['no texts', {}],
		['empty texts', { body: '', footer: null }],
		['a body of 1,024 characters', { body: characters(1024) }],
		['a footer of 60', { footer: characters(60) }],
		['numbers', { catalogId: 367025965434465, productRetailerId: 1042 }],
	])('%s is taken', (_, values) => expect(problems(values)).toEqual([]));

	test.each([
		[{ body: characters(1025) }, 'Body: can have at most 1,024 characters, but has 1,025'],
		[{ footer: characters(61) }, 'Footer: can have at most 60 characters, but has 61'],
		[{ catalogId: '' }, 'Catalog: is empty'],
		[{ productRetailerId: ' ' }, 'Product: is empty'],
		[{ productRetailerId: undefined }, 'Product: is required'],
	])('%j: %s', (values, message) => expect(problems(values)).toEqual([message]));
});

describe('product_list', () => {
	const problems = (values: Record<string, unknown>): string[] =>
		problemsOf('sendProduct', {
			productType: 'product_list',
			headerText: 'New',
			body: 'Choose',
			catalogId,
			sections: [{ products: products(1) }],
			...values,
		});
	const section = (title: string, count: number) => ({ title, products: products(count) });

	test.each([
		['a header of 60 characters', { headerText: characters(60) }],
		['30 products in one section', { sections: [{ products: products(30) }] }],
		['30 products over two', { sections: [section('A', 10), section('B', 20)] }],
		['ten sections', { sections: products(10).map((title) => section(title, 1)) }],
		['a title of 24 characters', { sections: [section(characters(24), 1)] }],
		[
			'one product without a list around it',
			{ sections: [{ products: { productRetailerId: 1 } }] },
		],
	])('%s is taken', (_, values) => expect(problems(values)).toEqual([]));

	test.each([
		[{ headerText: '' }, 'Header Text: is empty'],
		[{ headerText: characters(61) }, 'Header Text: can have at most 60 characters, but has 61'],
		[{ body: characters(1025) }, 'Body: can have at most 1,024 characters, but has 1,025'],
		[{ sections: [] }, 'Sections: is empty'],
		[
			{ sections: products(11).map((title) => section(title, 1)) },
			'Sections: can have at most 10 entries, but has 11',
		],
		[
			{ sections: [section('A', 15), section('B', 16)] },
			'Sections: can have at most 30 products in all, but have 31',
		],
		[{ sections: [section('A', 0)] }, 'Sections › Section 1 › Products: is empty'],
		[
			{ sections: [section(characters(25), 1)] },
			'Sections › Section 1 › Title: can have at most 24 characters, but has 25',
		],
		[
			{ sections: [section('A', 1), section('', 1)] },
			'Sections › Section 2 › Title: is empty; with several sections each needs a title',
		],
		[
			{ sections: [{ products: ['SKU-1', ''] }] },
			'Sections › Section 1 › Products › Product 2 › Product: is empty',
		],
		[
			{ sections: [{ products: [{ productRetailerId: 'A', catalogId: '7' }] }] },
			'Sections › Section 1 › Products › Product 1 › catalogId: must be 367025965434465, the catalog of the message, but is 7',
		],
	])('%j: %s', (values, message) => expect(problems(values)).toEqual([message]));
});

describe('carousel', () => {
	const problems = (values: Record<string, unknown>): string[] =>
		problemsOf('sendProduct', {
			productType: 'carousel',
			body: 'Look',
			catalogId,
			products: products(2),
			...values,
		});

	test.each([
		['a body of 1,024 characters', { body: characters(1024) }],
		['ten products', { products: products(10) }],
		['products as JSON text', { products: JSON.stringify(products(2)) }],
	])('%s is taken', (_, values) => expect(problems(values)).toEqual([]));

	test.each([
		[{ body: '' }, 'Body: is empty'],
		[{ body: characters(1025) }, 'Body: can have at most 1,024 characters, but has 1,025'],
		[{ products: products(1) }, 'Products: needs at least 2 entries, but has 1'],
		[{ products: products(11) }, 'Products: can have at most 10 entries, but has 11'],
		[
			{ products: ['A', true] },
			'Products › Product 2: must be a text or an object, but is the boolean true',
		],
		[
			{ products: ['A', { productRetailerId: 'B', catalogId: '7' }] },
			'Products › Product 2 › catalogId: must be 367025965434465, the catalog of the message, but is 7',
		],
	])('%j: %s', (values, message) => expect(problems(values)).toEqual([message]));
});

describe('catalog_message', () => {
	const problems = (values: Record<string, unknown>): string[] =>
		problemsOf('sendProduct', { productType: 'catalog_message', body: 'Look', ...values });

	test.each([
		['a body of 1,024 characters', { body: characters(1024) }],
		['a footer of 60', { footer: characters(60) }],
		['no thumbnail', { thumbnailProductRetailerId: '' }],
	])('%s is taken', (_, values) => expect(problems(values)).toEqual([]));

	test.each([
		[{ body: characters(1025) }, 'Body: can have at most 1,024 characters, but has 1,025'],
		[{ footer: characters(61) }, 'Footer: can have at most 60 characters, but has 61'],
	])('%j: %s', (values, message) => expect(problems(values)).toEqual([message]));
});
