import type { INodeProperties } from 'n8n-workflow';
import { listFields } from '../../fields/listField';
import { headerFields, type HeaderKind } from './header';
import { referenceIdField } from './order';
import { orderItemFields } from './orderItems';
import { bodyField, footerField, maxBodyCharacters } from './parts';

/** Without a header, Meta shows the picture of the first product that has one. */
export const orderHeaderKinds: readonly HeaderKind[] = ['image'];

const amountField = (displayName: string, name: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	placeholder: 'e.g. 4.90',
	description,
});

/** The fields of an order to pay. */
export const orderDetailsFields: INodeProperties[] = [
	...headerFields(orderHeaderKinds),
	bodyField(maxBodyCharacters),
	footerField,
	referenceIdField,
	{
		displayName: 'Goods',
		name: 'goodsType',
		type: 'options',
		options: [
			{ name: 'Digital', value: 'digital-goods' },
			{ name: 'Physical', value: 'physical-goods' },
		],
		default: 'digital-goods',
		description: 'Whether the order is shipped',
	},
	{
		displayName: 'Currency',
		name: 'currency',
		type: 'options',
		options: [
			{ name: 'BRL (Brazil)', value: 'BRL' },
			{ name: 'INR (India)', value: 'INR' },
		],
		default: 'INR',
	},
	...listFields({
		name: 'items',
		displayName: 'Items',
		rowName: 'item',
		rowDisplayName: 'Item',
		hint: 'What the customer buys. Optional in Brazil if you enter a total.',
		jsonExample: [
			{ name: 'Blue Echeveria', amount: 19.99, quantity: 2, retailerId: 'SKU-1042' },
			{ name: 'Pot', amount: '8.00', saleAmount: '6.50', quantity: 1 },
		],
		row: orderItemFields,
	}),
	amountField('Tax', 'tax', 'Leave empty for none'),
	amountField('Shipping', 'shipping', 'Leave empty for none'),
	amountField('Discount', 'discount', 'Subtracted from the total. Leave empty for none.'),
	{
		...amountField(
			'Total',
			'totalAmount',
			'Leave empty to calculate it: items + tax + shipping − discount',
		),
		hint: 'Only needed without items',
	},
	{
		displayName: 'Payment Settings (JSON)',
		name: 'paymentSettings',
		type: 'json',
		typeOptions: { rows: 6 },
		default: '[]',
		hint: "A list of payment methods in Meta's format for India or Brazil",
		description:
			'For example [{"type": "payment_gateway", "payment_gateway": {"type": "razorpay", "configuration_name": "my-config"}}] or [{"type": "payment_link", "payment_link": {"uri": "https://…"}}]. <a href="https://developers.facebook.com/docs/whatsapp/cloud-api/payments-api">More in Meta\'s documentation</a>.',
	},
];

/** Rarely needed parts of an order, for the Options collection. */
export const orderDetailsOptions: INodeProperties[] = [
	{
		displayName: 'Beneficiaries (JSON)',
		name: 'beneficiaries',
		type: 'json',
		default: '[]',
		description:
			"Who receives physical goods in India: a list of objects with Meta's field names, such as name, address_line1, city, state, country and postal_code",
	},
	{
		displayName: 'Catalog ID',
		name: 'catalogId',
		type: 'string',
		default: '',
		description: 'The catalog that contains the products',
	},
	{
		displayName: 'Discount Description',
		name: 'discountDescription',
		type: 'string',
		default: '',
	},
	{
		displayName: 'Discount Program',
		name: 'discountProgram',
		type: 'string',
		default: '',
	},
	{
		displayName: 'Expires At',
		name: 'expiresAt',
		type: 'string',
		default: '',
		placeholder: 'e.g. 2026-12-31T18:00:00+05:30',
		hint: 'At least five minutes ahead',
		description: 'When the payment is due: a date and time with time zone, or Unix seconds',
	},
	{
		displayName: 'Expiry Note',
		name: 'expirationDescription',
		type: 'string',
		default: '',
		description: 'Shown once the order has expired',
	},
	{
		displayName: 'Payment Configuration',
		name: 'paymentConfiguration',
		type: 'string',
		default: '',
		description:
			'The name of a payment configuration in WhatsApp Manager, for accounts without payment settings',
	},
	{
		displayName: 'Payment Type',
		name: 'paymentType',
		type: 'string',
		default: '',
		placeholder: 'e.g. br',
		description: "Leave empty for Meta's default, which is br for BRL",
	},
	{
		displayName: 'Quick Pay',
		name: 'quickPay',
		type: 'boolean',
		default: false,
		description: 'Whether the button opens the payment directly, without a review page',
	},
	{
		displayName: 'Shipping Description',
		name: 'shippingDescription',
		type: 'string',
		default: '',
	},
	{
		displayName: 'Tax Description',
		name: 'taxDescription',
		type: 'string',
		default: '',
	},
];
