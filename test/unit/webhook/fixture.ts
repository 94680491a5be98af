import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { JsonValue } from '../../../nodes/WhatsAppCloud/webhook/json';

/** A webhook body of `fixtures/`, by the name of its file. */
export function readFixture(name: string): JsonValue {
	return JSON.parse(readFileSync(join(__dirname, 'fixtures', `${name}.json`), 'utf8')) as JsonValue;
}

/** A webhook body around one change of the field `messages`. */
export function messagesWebhook(value: { [key: string]: JsonValue }): JsonValue {
	return changeWebhook('messages', {
		messaging_product: 'whatsapp',
		metadata: { display_phone_number: '15550001111', phone_number_id: '200000000000001' },
		...value,
	});
}

/** A webhook body around one change. */
export function changeWebhook(field: string, value: JsonValue): JsonValue {
	return {
		object: 'whatsapp_business_account',
		entry: [{ id: '300000000000001', changes: [{ field, value }] }],
	};
}
