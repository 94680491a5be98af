import { z } from 'zod/v4';
import { listFields } from '../../fields/listField';
import { nestedListField } from '../../fields/nestedList';
import { headerText, headerTextField, textHeader } from '../interactive/header';
import { takingAction } from '../interactive/metaShape';
import {
	bodyField,
	bodySchema,
	footerField,
	footerSchema,
	interactive,
	maxBodyCharacters,
	requiredId,
} from '../interactive/parts';
import {
	checkSectionTitles,
	checkTotal,
	sectionTitleField,
	sectionTitleSchema,
} from '../interactive/sections';
import { listOf } from '../../values/list';
import { rowWith } from '../../values/row';
import { defineVariant } from '../messageType';
import { catalogField, productField } from './catalogField';
import { checkSameCatalog, productRow, sectionFromMeta } from './productRow';

const maxSections = 10;
/** In all sections together. */
const maxProducts = 30;

/**
 * A selection of products, in sections.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/guides/sell-products-and-services/share-products
 */
export const productList = defineVariant({
	name: 'Product List',
	description: 'Up to 30 products to choose from, in sections',
	fields: [
		{ ...headerTextField, required: true },
		bodyField(maxBodyCharacters),
		footerField,
		catalogField,
		...listFields({
			name: 'sections',
			displayName: 'Sections',
			rowName: 'section',
			rowDisplayName: 'Section',
			hint: 'One to ten sections with 30 products in all. With several sections each needs a title.',
			jsonExample: [
				{ title: 'Succulents', products: ['SKU-1042', 'SKU-1043'] },
				{ title: 'Pots', products: ['SKU-2001'] },
			],
			row: [
				sectionTitleField,
				nestedListField({
					name: 'products',
					displayName: 'Products',
					rowName: 'product',
					rowDisplayName: 'Product',
					row: [productField],
				}),
			],
		}),
	],
	schema: takingAction(
		{ type: 'product_list', parameter: 'sections', others: { catalog_id: 'catalogId' } },
		z
			.object({
				headerText,
				body: bodySchema,
				footer: footerSchema,
				catalogId: requiredId,
				sections: listOf(
					rowWith(
						{
							title: sectionTitleSchema,
							products: listOf(productRow, { min: 1, max: Infinity }, 'product'),
						},
						{ fromMeta: sectionFromMeta },
					),
					{ min: 1, max: maxSections },
					'section',
				).check((context) => {
					checkSectionTitles(context);
					checkTotal(context, 'products', maxProducts);
				}),
			})
			.check((context) => {
				const { catalogId, sections } = context.value;
				for (const [index, { products }] of sections.entries()) {
					checkSameCatalog(products, catalogId, ['sections', index, 'products'], context);
				}
			}),
	),
	build: ({ headerText: header, body, footer, catalogId, sections }) =>
		interactive(
			'product_list',
			{ header: textHeader(header), body, footer },
			{
				catalog_id: catalogId,
				sections: sections.map(({ title, products }) => ({
					...(title === undefined ? {} : { title }),
					product_items: products.map(({ productRetailerId }) => ({
						product_retailer_id: productRetailerId,
					})),
				})),
			},
		),
});
