import { readString, type JsonObject } from '../reading/lenientJson';
import { readTimestamp } from '../reading/readTimestamp';
import type { MessageContent } from './content';

/**
 * How somebody chose to pay for an order.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/payments/payments-br/offsite-one-click
 */
export function readPaymentMethod(answer: JsonObject): MessageContent {
	const paymentMethod = {
		method: readString(answer['payment_method']),
		timestamp: readTimestamp(answer['payment_timestamp']),
		referenceId: readString(answer['reference_id']),
		lastFourDigits: readString(answer['last_four_digits']),
		credentialId: readString(answer['credential_id']),
	};
	const { method, referenceId, lastFourDigits, credentialId } = paymentMethod;
	const digits = lastFourDigits === null ? null : `•••• ${lastFourDigits}`;
	const how = [method, digits].filter((part) => part !== null).join(' ');
	const text = [how, referenceId].filter((part) => part !== null && part !== '').join(', ');
	return {
		text: text === '' ? null : text,
		replyId: credentialId,
		reply: { type: 'payment_method', id: credentialId, title: method, description: referenceId },
		paymentMethod,
	};
}
