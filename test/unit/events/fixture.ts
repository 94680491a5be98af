import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { WebhookEvent } from '../../../nodes/WhatsAppCloud/events/webhookEvent';
import type {
	JsonObject,
	JsonValue,
} from '../../../nodes/WhatsAppCloud/events/reading/lenientJson';
import { normalise } from '../../../nodes/WhatsAppCloud/events/normalise';

const FOLDER = join(__dirname, 'fixtures');

/** A file of `fixtures/`, by its name without `.json`. */
export function readFixture(name: string): JsonValue {
	return JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')) as JsonValue;
}

/** The names of all files in a folder of `fixtures/`. */
export function fixturesIn(folder: string): string[] {
	return readdirSync(join(FOLDER, folder)).map((file) => `${folder}/${file.replace('.json', '')}`);
}

/** A webhook body around one change of the field `messages`. */
export function messagesWebhook(value: JsonObject): JsonValue {
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

/** The only event of a webhook body. */
export function onlyEvent(payload: JsonValue): WebhookEvent {
	const [event, ...others] = normalise(payload);
	if (event === undefined || others.length > 0) throw new Error('not exactly one event');
	return event;
}
