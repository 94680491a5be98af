import { optionalId } from '../../interactive/parts';
import { readParameter } from '../../../values/schema/reading';
import { defineButton } from './buttonKind';

/**
 * Opens the catalog.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/guides/sell-products-and-services/share-products
 */
export const catalog = defineButton({
	name: 'Catalog',
	description: 'The product whose image is shown above the text',
	fields: [
		{
			displayName: 'Thumbnail Product ID',
			name: 'thumbnailProductRetailerId',
			type: 'string',
			default: '',
			placeholder: 'e.g. SKU-1042',
			description: 'The content ID (SKU) of a product. Leave empty for the first in the catalog.',
		},
	],
	read(values, problems) {
		return { thumbnail: readParameter(optionalId, values, 'thumbnailProductRetailerId', problems) };
	},
	build: ({ thumbnail }) => [
		{
			type: 'action',
			action: thumbnail === undefined ? {} : { thumbnail_product_retailer_id: thumbnail },
		},
	],
});
