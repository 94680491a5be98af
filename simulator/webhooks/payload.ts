import { createHmac } from 'node:crypto';
import type { ChatCustomer } from '../chat-contract.ts';
import type { JsonObject } from '../json.ts';
import type { PhoneNumber } from '../state/account.ts';
import { digitsOf } from '../state/account.ts';

/** `value` of a change of the field `messages`, before its messages or statuses are added. */
export function messagesValue(number: PhoneNumber, contacts: JsonObject[]): JsonObject {
	return {
		messaging_product: 'whatsapp',
		metadata: {
			display_phone_number: digitsOf(number.displayPhoneNumber),
			phone_number_id: number.id,
		},
		contacts,
	};
}

/** A customer as webhooks show them: without the phone number if that is hidden. */
export function webhookContact(customer: ChatCustomer): JsonObject {
	return {
		profile: {
			name: customer.name,
			...(customer.username === null ? {} : { username: customer.username }),
		},
		...(customer.phoneHidden ? {} : { wa_id: customer.waId }),
		user_id: customer.userId,
	};
}

/**
 * The bytes of a webhook. Meta escapes slashes and everything beyond ASCII; verifying the signature
 * over anything but the raw bytes fails here as it does there.
 */
export function webhookBytes(businessAccountId: string, field: string, value: JsonObject): Buffer {
	const json = JSON.stringify({
		object: 'whatsapp_business_account',
		entry: [{ id: businessAccountId, changes: [{ value, field }] }],
	});
	const escaped = json
		.replace(/\//g, '\\/')
		.replace(
			/[\u0080-\uffff]/g,
			(unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
		);
	return Buffer.from(escaped, 'latin1');
}

/** Value of `X-Hub-Signature-256`. */
export function signature(appSecret: string, bytes: Buffer): string {
	return `sha256=${createHmac('sha256', appSecret).update(bytes).digest('hex')}`;
}
