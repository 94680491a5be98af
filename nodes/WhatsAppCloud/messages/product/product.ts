import { z } from 'zod/v4';
import {
	bodyField,
	footerField,
	footerSchema,
	interactive,
	maxBodyCharacters,
	optionalBodySchema,
	requiredId,
} from '../interactive/parts';
import { defineVariant } from '../messageType';
import { catalogField, productField } from './catalogField';

/**
 * One product with its picture and price.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/guides/sell-products-and-services/share-products
 */
export const product = defineVariant({
	name: 'Single Product',
	description: 'A product with its image and price',
	fields: [
		bodyField(maxBodyCharacters, { required: false }),
		footerField,
		catalogField,
		{ ...productField, required: true },
	],
	schema: z.object({
		body: optionalBodySchema,
		footer: footerSchema,
		catalogId: requiredId,
		productRetailerId: requiredId,
	}),
	build: ({ body, footer, catalogId, productRetailerId }) =>
		interactive(
			'product',
			{ body, footer },
			{ catalog_id: catalogId, product_retailer_id: productRetailerId },
		),
});
