import { choiceOf } from '../../../values/choice';
import { readParameter, requiredText } from '../../../values/schema/reading';
import { secureAddress } from '../../../values/webAddress';
import { defineButton } from './buttonKind';

/** For each way to pay, by Meta's names: the member that holds its code. */
const members = {
	pix_dynamic_code: 'code',
	boleto: 'digitable_line',
	payment_link: 'uri',
} as const;

type Way = keyof typeof members;

const wayOf = choiceOf<Way>(['boleto', 'payment_link', 'pix_dynamic_code']).default(
	'pix_dynamic_code',
);

const code = requiredText(Infinity).transform((value) => value.trim());

/**
 * Asks for a payment in Brazil, without an order. A template has up to three, each for a different
 * way to pay.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/payments/payments-br/payment-request-cta
 */
export const paymentRequest = defineButton({
	name: 'Payment Request',
	description: 'A Pix code, boleto or payment link, in Brazil',
	fields: [
		{
			displayName: 'Pay By',
			name: 'paymentMethod',
			type: 'options',
			options: [
				{ name: 'Boleto', value: 'boleto' },
				{ name: 'Payment Link', value: 'payment_link' },
				{ name: 'Pix', value: 'pix_dynamic_code' },
			],
			default: 'pix_dynamic_code',
			description: 'The payment method of the button in the template',
		},
		{
			displayName: 'Payment Code',
			name: 'paymentCode',
			type: 'string',
			default: '',
			hint: 'The Pix code, the digitable line of the boleto, or the payment link',
		},
	],
	read(values, problems) {
		const way = readParameter(wayOf, values, 'paymentMethod', problems);
		const schema = way === 'payment_link' ? secureAddress : code;
		const value = readParameter(schema, values, 'paymentCode', problems);
		return way === undefined || value === undefined ? null : { way, value };
	},
	build: ({ way, value }) => [
		{
			type: 'action',
			action: {
				payment_request: { payment_setting: { type: way, [way]: { [members[way]]: value } } },
			},
		},
	],
});
