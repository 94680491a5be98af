import { z } from 'zod/v4';
import { report, rowWith, type Values } from '../../values/row';
import { isObject, without } from '../../values/unknown';
import { optionalId, requiredId } from '../interactive/parts';

/** n8n extracts the value of a resource locator only outside of lists. */
const locatorValue = (value: unknown): unknown =>
	isObject(value) && value['__rl'] === true ? value['value'] : value;

/** A product of a list; in JSON, its ID alone is enough. */
export const productRow = rowWith(
	{ productRetailerId: z.preprocess(locatorValue, requiredId), catalogId: optionalId },
	{ fromScalar: (productRetailerId) => ({ productRetailerId }), fromMeta: productFromMeta },
);

/** `{product_retailer_id}` of a section, or a carousel card with that as its action. */
function productFromMeta(row: Values): Values {
	const { type, action, ...others } = without(row, 'card_index');
	const isCard = type === 'product' && isObject(action);
	const { product_retailer_id: id, catalog_id: catalogId, ...rest } = isCard ? action : row;
	return {
		...(isCard ? others : {}),
		...rest,
		...(id === undefined ? {} : { productRetailerId: id }),
		...(catalogId === undefined ? {} : { catalogId }),
	};
}

/** A section with products, as Meta writes it. */
export function sectionFromMeta({ product_items: products, ...row }: Values): Values {
	return products === undefined ? row : { ...row, products };
}

type ProductRow = z.output<typeof productRow>;

/** All products of a message are in one catalog; a row that names another one is refused. */
export function checkSameCatalog(
	rows: ProductRow[],
	catalogId: string,
	path: PropertyKey[],
	context: Pick<z.core.ParsePayload, 'issues'>,
): void {
	for (const [index, { catalogId: own }] of rows.entries()) {
		if (own === undefined || own === catalogId) continue;
		report(
			context,
			[...path, index, 'catalogId'],
			`must be ${catalogId}, the catalog of the message, but is ${own}`,
		);
	}
}
