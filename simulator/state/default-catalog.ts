import type { Catalog, Product } from './account.ts';

const catalogId = '500000000000001';

const goods: readonly (readonly [string, string, string, number])[] = [
	['SKU-ALOE', 'Aloe vera', 'Soothes sunburn, forgives neglect.', 12.5],
	['SKU-JADE', 'Jade plant', 'Brings luck, they say.', 18],
	['SKU-ECHEVERIA', 'Echeveria', 'A rosette the size of a saucer.', 9.9],
	['SKU-CACTUS', 'Golden barrel cactus', 'Handle with care.', 24],
	['SKU-POT', 'Terracotta pot', '12 cm, with saucer.', 6.4],
	['SKU-SOIL', 'Cactus soil', '5 litres, drains well.', 7.2],
];

/** The catalog connected to the default business account. */
export function defaultCatalog(businessAccountId: string): Catalog {
	const products: Product[] = goods.map(([retailerId, name, description, amount], index) => ({
		id: `50000000000010${index + 1}`,
		catalogId,
		retailerId,
		name,
		description,
		currency: 'USD',
		amount,
		imageUrl: null,
		availability: 'in stock',
	}));
	return {
		id: catalogId,
		businessAccountId,
		name: 'Lucky Shrub shop',
		vertical: 'commerce',
		products,
	};
}
