import type { ChatCustomer, JsonObject } from '../chat-contract.ts';
import type { PhoneNumber } from '../state/account.ts';
import { digitsOf } from '../state/account.ts';
import { newMessageId, newNumericId } from '../state/ids.ts';
import { messagesValue, webhookContact } from './payload.ts';

/** The conversation and time of a change. */
export interface ChangeContext {
	number: PhoneNumber;
	customer: ChatCustomer;
	/** As Meta writes it: seconds since 1970. */
	timestamp: string;
}

/** A customer's message as in webhooks, completed with what the caller left out. */
function inbound({ customer, timestamp }: ChangeContext, message: JsonObject): JsonObject {
	return {
		...(customer.phoneHidden ? {} : { from: customer.waId }),
		from_user_id: customer.userId,
		id: newMessageId(customer.waId, 'in'),
		timestamp,
		...message,
	};
}

/** A message sent by whoever holds the conversation: its content is inside `message`. */
function echo({ customer, timestamp }: ChangeContext, message: JsonObject): JsonObject {
	return {
		id: newMessageId(customer.waId, 'out'),
		timestamp,
		message: {
			messaging_product: 'whatsapp',
			...(customer.phoneHidden ? { recipient: customer.userId } : { to: customer.waId }),
			recipient_type: 'individual',
			...message,
		},
	};
}

interface Standby {
	messages: JsonObject[];
	echoes: JsonObject[];
	statuses: JsonObject[];
}

/**
 * Copies for an app that does not hold the conversation.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/standby
 */
export function standbyValue(context: ChangeContext, parts: Standby): JsonObject {
	const { number, customer, timestamp } = context;
	const { messaging_product, metadata } = messagesValue(number, []);
	const list = (name: string, items: JsonObject[]): JsonObject =>
		items.length > 0 ? { [name]: items } : {};
	const contacts = parts.messages.length > 0 ? [webhookContact(customer)] : [];
	return {
		messaging_product,
		metadata,
		standby: {
			...list('contacts', contacts),
			...list(
				'messages',
				parts.messages.map((message) => inbound(context, message)),
			),
			...list(
				'message_echoes',
				parts.echoes.map((message) => echo(context, message)),
			),
			...list(
				'statuses',
				parts.statuses.map((status) => ({
					id: newMessageId(customer.waId, 'out'),
					timestamp,
					...(customer.phoneHidden ? {} : { recipient_id: customer.waId }),
					recipient_user_id: customer.userId,
					...status,
				})),
			),
		},
	};
}

interface Handover {
	type: 'control_passed' | 'control_taken';
	metadata: string;
	/** What the previous owner says about the conversation; null for nothing. */
	summary: string | null;
	previousOwnerAppId: string | null;
	previousOwnerRole: string;
	newOwnerRole: string;
}

/**
 * The conversation gets a new owner. The number is in `recipient`, the person in `sender`, and
 * there is no `metadata`.
 */
export function handoverValue(context: ChangeContext, handover: Handover): JsonObject {
	const { number, customer, timestamp } = context;
	const { type, metadata, summary, previousOwnerAppId } = handover;
	return {
		messaging_product: 'whatsapp',
		type,
		recipient: {
			display_phone_number: digitsOf(number.displayPhoneNumber),
			phone_number_id: number.id,
		},
		sender: {
			...(customer.phoneHidden ? {} : { phone_number: customer.waId }),
			user_id: customer.userId,
		},
		timestamp,
		[type]: {
			metadata,
			...(previousOwnerAppId === null
				? {}
				: {
						previous_owner_app_id: previousOwnerAppId,
						previous_owner_app_role: 'meta_business_agent',
					}),
			previous_owner_role: handover.previousOwnerRole,
			new_owner_role: handover.newOwnerRole,
			...(summary === null
				? {}
				: { conversation_context: { type: 'summary', summary: { text: summary } } }),
		},
	};
}

interface Payment {
	/** Of the paid order. */
	referenceId: string;
	messageId: string | null;
	status: string;
	transactionStatus: string;
	currency: string;
	/** In hundredths. */
	amount: number;
}

/** https://developers.facebook.com/docs/whatsapp/cloud-api/payments-api/payments-in */
export function paymentValue(context: ChangeContext, payment: Payment): JsonObject {
	const { number, customer, timestamp } = context;
	return {
		...messagesValue(number, [webhookContact(customer)]),
		statuses: [
			{
				id: payment.messageId ?? newMessageId(customer.waId, 'out'),
				...(customer.phoneHidden ? {} : { recipient_id: customer.waId }),
				recipient_user_id: customer.userId,
				timestamp,
				type: 'payment',
				status: payment.status,
				payment: {
					reference_id: payment.referenceId,
					amount: { value: payment.amount, offset: 100 },
					currency: payment.currency,
					transaction: {
						id: newNumericId(),
						type: 'upi',
						status: payment.transactionStatus,
						created_timestamp: Number(timestamp),
						updated_timestamp: Number(timestamp),
					},
				},
			},
		],
	};
}

/** https://developers.facebook.com/docs/whatsapp/cloud-api/calling/call-settings */
export function settingsValue(
	{ number, timestamp }: Pick<ChangeContext, 'number' | 'timestamp'>,
	calling: JsonObject,
): JsonObject {
	return {
		messaging_product: 'whatsapp',
		timestamp,
		type: 'PHONE_NUMBER_SETTINGS',
		phone_number_settings: { phone_number_id: number.id, calling },
	};
}
