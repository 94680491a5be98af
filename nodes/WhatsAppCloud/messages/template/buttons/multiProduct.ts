import { z } from 'zod/v4';
import { nestedListField } from '../../../fields/nestedList';
import { optionalId } from '../../interactive/parts';
import {
	checkSectionTitles,
	checkTotal,
	sectionTitleField,
	sectionTitleSchema,
} from '../../interactive/sections';
import { readParameter } from '../../../values/schema/reading';
import { listOf } from '../../../values/list';
import { productRow, sectionFromMeta } from '../../product/productRow';
import { rowWith } from '../../../values/row';
import { defineButton } from './buttonKind';

const maxSections = 10;

const maxProducts = 30;

/** IDs separated by commas, or a list as JSON. */
const products = z.preprocess(
	(value) =>
		typeof value === 'string' && !value.trim().startsWith('[')
			? value.split(',').filter((id) => id.trim() !== '')
			: typeof value === 'number'
				? [value]
				: value,
	listOf(productRow, { min: 1, max: Infinity }, 'product'),
);

const sections = listOf(
	rowWith({ title: sectionTitleSchema, products }, { fromMeta: sectionFromMeta }),
	{ min: 1, max: maxSections },
	'section',
).check((context) => {
	checkSectionTitles(context);
	checkTotal(context, 'products', maxProducts);
});

/**
 * Opens a selection of products.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/guides/sell-products-and-services/share-products
 */
export const multiProduct = defineButton({
	name: 'Multi-Product',
	description: 'The products of a list, in sections',
	fields: [
		nestedListField({
			name: 'sections',
			displayName: 'Sections',
			rowName: 'section',
			rowDisplayName: 'Section',
			hint: 'One to ten sections with up to 30 products in all',
			row: [
				sectionTitleField,
				{
					displayName: 'Products',
					name: 'products',
					type: 'string',
					default: '',
					placeholder: 'e.g. SKU-1042, SKU-1043',
					hint: 'Content IDs (SKUs) from the catalog, with commas between them',
				},
			],
		}),
		{
			displayName: 'Thumbnail Product ID',
			name: 'thumbnailProductRetailerId',
			type: 'string',
			default: '',
			placeholder: 'e.g. SKU-1042',
			description:
				'The product whose image is shown above the text. Leave empty for the first one.',
		},
	],
	read(values, problems) {
		const thumbnail = readParameter(optionalId, values, 'thumbnailProductRetailerId', problems);
		const read = readParameter(sections, values, 'sections', problems);
		return read === undefined
			? null
			: { sections: read, thumbnail: thumbnail ?? read[0]?.products[0]?.productRetailerId ?? '' };
	},
	build: (value) => [
		{
			type: 'action',
			action: {
				thumbnail_product_retailer_id: value.thumbnail,
				sections: value.sections.map(({ title, products: items }) => ({
					...(title === undefined ? {} : { title }),
					product_items: items.map(({ productRetailerId }) => ({
						product_retailer_id: productRetailerId,
					})),
				})),
			},
		},
	],
});
