import { referenceIdField, referenceIdSchema } from '../interactive/order';
import { choiceOf } from '../../values/choice';
import { optionalText, readParameter } from '../../values/schema/reading';
import { defineComponent } from './component';

/** In the order in which they occur. */
const statuses = [
	{ name: 'Processing', value: 'processing' },
	{ name: 'Partially Shipped', value: 'partially_shipped' },
	{ name: 'Shipped', value: 'shipped' },
	{ name: 'Completed', value: 'completed' },
	{ name: 'Canceled', value: 'canceled' },
];

const status = choiceOf(['processing', 'partially_shipped', 'shipped', 'completed', 'canceled']);

const maxDescriptionCharacters = 120;

const description = optionalText(maxDescriptionCharacters);

/**
 * What became of an order sent earlier.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/payments-api/payments-in/orderstatustemplate
 */
export const orderStatus = defineComponent({
	name: 'Order Status',
	description: 'The status of an order that was sent before',
	fields: [
		{
			...referenceIdField,
			name: 'orderReferenceId',
			description: 'The reference ID of the order message',
		},
		{
			displayName: 'Order Status',
			name: 'orderStatus',
			type: 'options',
			options: statuses,
			default: 'processing',
		},
		{
			displayName: 'Status Description',
			name: 'orderStatusDescription',
			type: 'string',
			default: '',
			hint: 'Up to 120 characters',
		},
	],
	read(values, problems) {
		if (values['orderReferenceId'] === undefined) return null;
		const referenceId = readParameter(referenceIdSchema, values, 'orderReferenceId', problems);
		const state = readParameter(status, values, 'orderStatus', problems);
		const text = readParameter(description, values, 'orderStatusDescription', problems);
		if (referenceId === undefined || state === undefined) return null;
		return { referenceId, status: state, description: text };
	},
	build: (value) => [
		{
			type: 'order_status',
			parameters: [
				{
					type: 'order_status',
					order_status: {
						reference_id: value.referenceId,
						order: {
							status: value.status,
							...(value.description === undefined ? {} : { description: value.description }),
						},
					},
				},
			],
		},
	],
});
