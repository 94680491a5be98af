import { readParameter } from '../../../values/schema/reading';
import { requiredId } from '../../interactive/parts';
import { defineHeader } from './headerKind';

/** A product from a catalog above the text. */
export const product = defineHeader({
	name: 'Product',
	toldBy: ['headerProductRetailerId'],
	fields: [
		{
			displayName: 'Product ID',
			name: 'headerProductRetailerId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. SKU-1001',
			description: 'The content ID (SKU) of the product in the catalog',
		},
		{
			displayName: 'Catalog ID',
			name: 'headerCatalogId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 194836987003835',
		},
	],
	read(values, problems) {
		const id = readParameter(requiredId, values, 'headerProductRetailerId', problems);
		const catalogId = readParameter(requiredId, values, 'headerCatalogId', problems);
		return id === undefined || catalogId === undefined ? null : { id, catalogId };
	},
	build: ({ id, catalogId }) => ({
		product: { product_retailer_id: id, catalog_id: catalogId },
	}),
});
