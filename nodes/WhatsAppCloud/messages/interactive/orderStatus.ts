import { z } from 'zod/v4';
import { choiceOf } from '../../values/choice';
import { collectionOf } from '../../values/json/json';
import { optionalText } from '../../values/schema/reading';
import { report } from '../../values/schema/singleStep';
import { defineVariant } from '../messageType';
import { optionalTimestamp } from '../../values/timestamp';
import { referenceIdField, referenceIdSchema } from './order';
import {
	bodyField,
	bodySchema,
	footerField,
	footerSchema,
	interactive,
	maxBodyCharacters,
} from './parts';

/** In the order in which they occur. */
const orderStatuses = {
	pending: { name: 'Pending', description: 'Not paid yet' },
	processing: { name: 'Processing', description: 'Paid and being prepared' },
	partially_shipped: { name: 'Partially Shipped', description: 'Part of the order is on its way' },
	shipped: { name: 'Shipped', description: 'The whole order is on its way' },
	completed: { name: 'Completed', description: 'Everything has arrived' },
	canceled: { name: 'Canceled', description: 'Meta refuses this for a paid order' },
} as const;

const statusNames = Object.keys(orderStatuses) as (keyof typeof orderStatuses)[];

const statusOptions = [
	...Object.entries(orderStatuses).map(([value, texts]) => ({ ...texts, value })),
	{ name: 'Unchanged', value: 'none', description: 'Only the payment status changes' },
];

const paymentStatuses = ['captured', 'failed', 'pending'] as const;

/** Longest note on the status. */
const maxDescriptionCharacters = 120;

/**
 * The status of an order sent earlier.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/payments-api/payments-in/orderstatus
 */
export const orderStatus = defineVariant({
	name: 'Order Status',
	description: 'The status of an order',
	fields: [
		bodyField(maxBodyCharacters),
		footerField,
		{
			...referenceIdField,
			description: 'The reference ID of the order message',
		},
		{
			displayName: 'Order Status',
			name: 'orderStatus',
			type: 'options',
			options: statusOptions,
			default: 'processing',
		},
		{
			displayName: 'Status Description',
			name: 'statusDescription',
			type: 'string',
			default: '',
			hint: 'Up to 120 characters',
			displayOptions: { hide: { orderStatus: ['none'] } },
		},
	],
	options: [
		{
			displayName: 'Payment Status',
			name: 'paymentStatus',
			type: 'options',
			options: [
				{ name: 'Captured', value: 'captured', description: 'The payment was received' },
				{ name: 'Failed', value: 'failed' },
				{ name: 'Pending', value: 'pending' },
			],
			default: 'captured',
			description: 'In Brazil, for payments made outside WhatsApp',
		},
		{
			displayName: 'Payment Time',
			name: 'paymentTime',
			type: 'string',
			default: '',
			placeholder: 'e.g. 2026-12-31T18:00:00-03:00',
			description:
				'When the payment got this status: a date and time with time zone, or Unix seconds',
		},
	],
	schema: z
		.looseObject({
			body: bodySchema,
			footer: footerSchema,
			referenceId: referenceIdSchema,
			orderStatus: choiceOf(['none', ...statusNames]),
			statusDescription: optionalText(maxDescriptionCharacters),
			options: collectionOf({
				paymentStatus: choiceOf(paymentStatuses),
				paymentTime: optionalTimestamp,
			}),
		})
		.transform((values, context) => {
			const { body, footer, referenceId, orderStatus: status, statusDescription } = values;
			const { paymentStatus, paymentTime } = values.options;
			if (status === 'none' && paymentStatus === undefined) {
				report(context, ['orderStatus'], 'is unchanged, and so is the payment; choose one of them');
			}
			const order = status === 'none' ? undefined : { status, description: statusDescription };
			return { body, footer, referenceId, order, paymentStatus, paymentTime };
		}),
	build: ({ body, footer, referenceId, order, paymentStatus, paymentTime }) =>
		interactive(
			'order_status',
			{ body, footer },
			{
				name: 'review_order',
				parameters: {
					reference_id: referenceId,
					...(order === undefined
						? {}
						: {
								order: {
									status: order.status,
									...(order.description === undefined ? {} : { description: order.description }),
								},
							}),
					...(paymentStatus === undefined
						? {}
						: {
								payment: {
									status: paymentStatus,
									...(paymentTime === undefined ? {} : { timestamp: paymentTime }),
								},
							}),
				},
			},
		),
});
