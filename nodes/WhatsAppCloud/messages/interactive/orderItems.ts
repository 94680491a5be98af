import type { INodeProperties } from 'n8n-workflow';
import type { z } from 'zod/v4';
import { collectionOf, optionalJsonObject } from '../../values/json/json';
import { optionalText, requiredText } from '../../values/schema/reading';
import { amountFromMeta, amountOf, optionalAmount, requiredAmount } from '../../values/money';
import { requiredNumber } from '../../values/numbers';
import { rowWith, type Values } from '../../values/row';
import { objectOf } from '../../values/unknown';
import { optionalId } from './parts';

const maxNameCharacters = 60;

/** The fields of one item in an order. */
export const orderItemFields: INodeProperties[] = [
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		default: '',
		placeholder: 'e.g. Blue Echeveria',
		hint: 'Up to 60 characters',
	},
	{
		displayName: 'Price',
		name: 'amount',
		type: 'string',
		default: '',
		placeholder: 'e.g. 19.99',
		description: 'The unit price, in the currency of the order',
	},
	{
		displayName: 'Sale Price',
		name: 'saleAmount',
		type: 'string',
		default: '',
		placeholder: 'e.g. 14.99',
		hint: 'Replaces the regular price',
		description: 'The reduced unit price',
	},
	{
		displayName: 'Quantity',
		name: 'quantity',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 1,
	},
	{
		displayName: 'Product ID',
		name: 'retailerId',
		type: 'string',
		default: '',
		placeholder: 'e.g. SKU-1042',
		description: "The product's ID in the catalog or in your shop",
	},
	{
		displayName: 'Origin',
		name: 'origin',
		type: 'collection',
		placeholder: 'Add value',
		default: {},
		description: 'Required by Indian law for imported goods',
		options: [
			{ displayName: 'Country', name: 'country', type: 'string', default: '' },
			{
				displayName: 'Importer Address',
				name: 'importerAddress',
				type: 'json',
				default: '{}',
				description:
					"A JSON object with Meta's field names: address_line1, address_line2, city, zone_code, postal_code, country_code",
			},
			{ displayName: 'Importer Name', name: 'importerName', type: 'string', default: '' },
		],
	},
];

/** Turns Meta's names into those of the fields. */
function itemFromMeta(row: Values): Values {
	const { retailer_id: retailerId, sale_amount: saleAmount, ...others } = row;
	const { country_of_origin, importer_name, importer_address, ...rest } = others;
	const origin = {
		...(country_of_origin === undefined ? {} : { country: country_of_origin }),
		...(importer_name === undefined ? {} : { importerName: importer_name }),
		...(importer_address === undefined ? {} : { importerAddress: importer_address }),
	};
	return {
		...rest,
		amount: amountFromMeta(rest['amount']),
		...(retailerId === undefined ? {} : { retailerId }),
		...(saleAmount === undefined ? {} : { saleAmount: amountFromMeta(saleAmount) }),
		...(Object.keys(origin).length === 0
			? {}
			: { origin: { ...objectOf(rest['origin']), ...origin } }),
	};
}

/** One item in an order; amounts in hundredths. */
export const orderItem = rowWith(
	{
		name: requiredText(maxNameCharacters),
		amount: requiredAmount,
		saleAmount: optionalAmount,
		quantity: requiredNumber({ min: 1, max: Infinity }),
		retailerId: optionalId,
		origin: collectionOf(
			{
				country: optionalText(Infinity),
				importerName: optionalText(Infinity),
				importerAddress: optionalJsonObject,
			},
			'an object with the parts of an origin',
		),
	},
	{ fromMeta: itemFromMeta },
);

export type OrderItem = z.output<typeof orderItem>;

/** What the items cost together, in hundredths. */
export function subtotalOf(items: OrderItem[]): number {
	return items.reduce(
		(sum, { amount, saleAmount, quantity }) => sum + (saleAmount ?? amount) * quantity,
		0,
	);
}

const isEmpty = (object: Record<string, unknown> | undefined): boolean =>
	object === undefined || Object.keys(object).length === 0;

/** The wire form of an item. */
export function orderItemPart({
	name,
	amount,
	saleAmount,
	quantity,
	retailerId,
	origin: { country, importerName, importerAddress },
}: OrderItem) {
	return {
		...(retailerId === undefined ? {} : { retailer_id: retailerId }),
		name,
		amount: amountOf(amount),
		...(saleAmount === undefined ? {} : { sale_amount: amountOf(saleAmount) }),
		quantity,
		...(country === undefined ? {} : { country_of_origin: country }),
		...(importerName === undefined ? {} : { importer_name: importerName }),
		...(isEmpty(importerAddress) ? {} : { importer_address: importerAddress }),
	};
}
