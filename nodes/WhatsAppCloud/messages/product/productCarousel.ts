import { z } from 'zod/v4';
import { listFields } from '../../fields/listField';
import {
	bodyField,
	bodySchema,
	interactive,
	maxBodyCharacters,
	requiredId,
} from '../interactive/parts';
import { takingAction } from '../interactive/metaShape';
import { listOf } from '../../values/list';
import { defineVariant } from '../messageType';
import { catalogField, productField } from './catalogField';
import { checkSameCatalog, productRow } from './productRow';

/**
 * Products side by side, each on a card.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/catalogs/interactive-product-carousel-messages
 */
export const productCarousel = defineVariant({
	name: 'Product Carousel',
	description: 'Two to ten products side by side',
	fields: [
		bodyField(maxBodyCharacters),
		catalogField,
		...listFields({
			name: 'products',
			displayName: 'Products',
			rowName: 'product',
			rowDisplayName: 'Product',
			hint: 'Two to ten products',
			jsonExample: ['SKU-1042', 'SKU-1043'],
			row: [productField],
		}),
	],
	schema: takingAction(
		{ type: 'carousel', parameter: 'products', wire: 'cards', parts: ['body'] },
		z
			.object({
				body: bodySchema,
				catalogId: requiredId,
				products: listOf(productRow, { min: 2, max: 10 }, 'product'),
			})
			.check((context) => {
				const { products, catalogId } = context.value;
				checkSameCatalog(products, catalogId, ['products'], context);
			}),
	),
	build: ({ body, catalogId, products }) =>
		interactive(
			'carousel',
			{ body },
			{
				cards: products.map(({ productRetailerId }, index) => ({
					card_index: index,
					type: 'product',
					action: { product_retailer_id: productRetailerId, catalog_id: catalogId },
				})),
			},
		),
});
