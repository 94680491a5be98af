import { camelCased } from '../reading/camelCase';
import { originOf, type ChangeScope } from '../reading/changeScope';
import { personOfStatus } from './statusEvent';
import {
	isObject,
	readArray,
	readNumber,
	readObject,
	readString,
	withinDepth,
	type JsonObject,
	type JsonValue,
} from '../reading/lenientJson';
import type { EventOrigin, EventRaw } from '../reading/eventOrigin';

/** An amount of money. */
interface PaymentAmount {
	/** In units of the currency. */
	value: number | null;
	/** ISO 4217. */
	currency: string | null;
}

/**
 * What became of the payment for an order. Meta sends it among the message statuses, although it
 * isn't one.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/payments/payments-in/pg
 */
export type PaymentEvent<Name extends 'payment' | 'standby' = 'payment' | 'standby'> = EventOrigin &
	EventRaw & {
		event: Name;
		/** `captured`, `pending`, `failed`, … */
		type: string;
		/** ID of the message that asked for the payment. */
		id: string | null;
		/** Phone number of the person, or the user ID if there is no number. */
		recipient: string | null;
		/** One line for people. */
		text: string;
		payment: {
			/** The same as `type`. */
			status: string;
			/** Of the order. */
			referenceId: string | null;
			amount: PaymentAmount | null;
			transaction: {
				id: string | null;
				/** Of the attempt to pay: `success`, `failed`, … */
				status: string | null;
				/** The payment service: `razorpay`, `payu`, … */
				type: string | null;
				/** `upi`, `card`, … */
				method: string | null;
				amount: PaymentAmount | null;
				error: JsonObject | null;
			} | null;
			/** Meta's fields in camel case, with receipts, notes and refunds. */
			details: JsonObject;
		};
	};

/** Whether an entry of `statuses` is about a payment, not a message. */
export function isPayment(status: JsonObject): boolean {
	return status['type'] === 'payment' || isObject(status['payment']);
}

/**
 * One entry of `statuses` that is about a payment.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/payments/payments-in/pg
 */
export function normalisePayment<Name extends 'payment' | 'standby'>(
	scope: ChangeScope,
	status: JsonObject,
	event: Name,
): PaymentEvent<Name> {
	const name = readString(status['status']) ?? 'unknown';
	const person = personOfStatus(status);
	const origin = originOf(scope, person, status['timestamp']);
	const payment = readObject(status['payment']) ?? {};
	const referenceId = readString(payment['reference_id']);
	const transaction = readTransaction(payment);
	const amount = readAmount(payment) ?? transaction?.amount ?? null;
	return {
		event,
		type: name,
		id: readString(status['id']),
		...origin,
		recipient: origin.contact.waId ?? origin.contact.userId,
		text: `Payment ${referenceId ?? '?'}: ${name}${amount === null ? '' : `, ${tellAmount(amount)}`}`,
		payment: { status: name, referenceId, amount, transaction, details: camelCased(payment) },
		raw: withinDepth(status),
	};
}

/** The last attempt to pay: Meta lists one, or all of them in order. */
function readTransaction(payment: JsonObject): PaymentEvent['payment']['transaction'] {
	const transaction =
		readObject(payment['transaction']) ?? readObject(readArray(payment['transactions']).at(-1));
	if (transaction === null) return null;
	const method = transaction['method'];
	const error = readObject(transaction['error']);
	return {
		id: readString(transaction['id']),
		status: readString(transaction['status']),
		type: readString(transaction['type']),
		method: readString(readObject(method)?.['type']) ?? readString(method),
		amount: readAmount(transaction),
		error: error === null ? null : camelCased(error),
	};
}

/** Meta writes an amount as a whole number and a divisor. */
function readAmount(holder: JsonObject): PaymentAmount | null {
	const amount: JsonValue | undefined = holder['amount'] ?? holder['total_amount'];
	const parts = readObject(amount);
	const value = readNumber(parts?.['value'] ?? (parts === null ? amount : undefined));
	if (value === null) return null;
	const offset = readNumber(parts?.['offset']) ?? 1;
	return {
		value: offset > 0 ? value / offset : value,
		currency: readString(holder['currency']) ?? readString(parts?.['currency']),
	};
}

function tellAmount({ value, currency }: PaymentAmount): string {
	return [value, currency].filter((part) => part !== null).join(' ');
}
