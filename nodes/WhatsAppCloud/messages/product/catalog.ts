import { z } from 'zod/v4';
import {
	bodyField,
	bodySchema,
	footerField,
	footerSchema,
	interactive,
	maxBodyCharacters,
	optionalId,
} from '../interactive/parts';
import { defineVariant } from '../messageType';

/**
 * A button that opens the whole catalog.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/guides/sell-products-and-services/share-products
 */
export const catalog = defineVariant({
	name: 'Catalog',
	description: 'A button that opens the whole catalog',
	fields: [
		bodyField(maxBodyCharacters),
		footerField,
		{
			displayName: 'Thumbnail Product ID',
			name: 'thumbnailProductRetailerId',
			type: 'string',
			default: '',
			placeholder: 'e.g. SKU-1042',
			description: 'The product whose image is shown at the top. Leave empty for the first one.',
		},
	],
	schema: z.object({
		body: bodySchema,
		footer: footerSchema,
		thumbnailProductRetailerId: optionalId,
	}),
	build: ({ body, footer, thumbnailProductRetailerId: thumbnail }) =>
		interactive(
			'catalog_message',
			{ body, footer },
			{
				name: 'catalog_message',
				...(thumbnail === undefined
					? {}
					: { parameters: { thumbnail_product_retailer_id: thumbnail } }),
			},
		),
});
