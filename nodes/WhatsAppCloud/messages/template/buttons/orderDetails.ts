import { referenceIdSchema } from '../../interactive/order';
import { optionalJsonObject } from '../../../values/json/json';
import { readAt, readParameter } from '../../../values/schema/reading';
import { report } from '../../../values/row';
import { defineButton } from './buttonKind';

/**
 * Opens an order for payment.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/payments-api/payments-in/orderdetailstemplate
 */
export const orderDetails = defineButton({
	name: 'Order Details',
	description: 'An order to review and pay',
	fields: [
		{
			displayName: 'Order Details (JSON)',
			name: 'orderDetails',
			type: 'json',
			typeOptions: { rows: 8 },
			default: '{}',
			hint: 'Needs a reference_id of up to 35 letters, digits, underscores, dashes and dots',
			description:
				"The order_details object of Meta's payments documentation: reference_id, type, currency, total_amount, order, payment_settings",
		},
	],
	read(values, problems) {
		const details = readParameter(optionalJsonObject, values, 'orderDetails', problems);
		if (details === undefined) {
			return problems.issues.length > 0
				? null
				: report(problems, ['orderDetails'], 'is empty', 'missing');
		}
		const place = ['orderDetails', 'reference_id'];
		readAt(referenceIdSchema, details['reference_id'], place, problems);
		return { details };
	},
	build: ({ details }) => [{ type: 'action', action: { order_details: details } }],
});
