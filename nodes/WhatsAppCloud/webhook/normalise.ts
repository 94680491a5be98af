import { otherEvent, scopeOf, type ChangeScope } from './change';
import { ContactDirectory } from './contact';
import type { WebhookEvent } from './events';
import {
	isObject,
	readArray,
	readObject,
	readString,
	type JsonObject,
	type JsonValue,
} from './json';
import { normaliseMessage } from './message';
import { normaliseStatus } from './status';

/** Meta's name for the only object this trigger reads. */
export const WEBHOOK_OBJECT = 'whatsapp_business_account';

/**
 * One webhook body to one event per message, status or notice, in the order of the body. Total:
 * it throws for no value that `JSON.parse` can give, and what it cannot read goes on as `other`.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/overview
 */
export function normalise(payload: JsonValue): WebhookEvent[] {
	const root = readObject(payload);
	if (root?.['object'] !== WEBHOOK_OBJECT || !Array.isArray(root['entry'])) {
		return [otherEvent(scopeOf(null, null), readString(root?.['object']) ?? 'unknown', payload)];
	}
	const events: WebhookEvent[] = [];
	for (const entry of root['entry']) normaliseEntry(entry, events);
	return events;
}

function normaliseEntry(value: JsonValue, events: WebhookEvent[]): void {
	if (value === null) return;
	const entry = readObject(value);
	if (entry === null || !Array.isArray(entry['changes'])) {
		events.push(otherEvent(scopeOf(entry, null), 'unknown', value));
		return;
	}
	for (const change of entry['changes']) normaliseChange(entry, change, events);
}

function normaliseChange(entry: JsonObject, value: JsonValue, events: WebhookEvent[]): void {
	if (value === null) return;
	const change = readObject(value);
	if (change === null) {
		events.push(otherEvent(scopeOf(entry, null), 'unknown', value));
		return;
	}
	const field = readString(change['field']) ?? 'unknown';
	const content = readObject(change['value']);
	if (content === null || (field !== 'messages' && field !== 'unknown')) {
		const scope = scopeOf(entry, readObject(content?.['metadata']));
		events.push(otherEvent(scope, field, change['value'] ?? null));
		return;
	}
	normaliseMessagesChange(entry, field, content, events);
}

/** `messages` carries messages, statuses, errors or whatever Meta adds, in any combination. */
function normaliseMessagesChange(
	entry: JsonObject,
	field: string,
	value: JsonObject,
	events: WebhookEvent[],
): void {
	const partCount = readArray(value['messages']).length + readArray(value['statuses']).length;
	const contacts = new ContactDirectory(readArray(value['contacts']), partCount);
	const scope = scopeOf(entry, readObject(value['metadata']), contacts);
	const before = events.length;
	let hadParts = false;
	for (const key in value) {
		const parts = value[key];
		if (!Array.isArray(parts) || key === 'contacts') continue;
		hadParts = true;
		for (const part of parts) if (part !== null) events.push(normalisePart(scope, key, part));
	}
	if (!hadParts && events.length === before) events.push(otherEvent(scope, field, value));
}

function normalisePart(scope: ChangeScope, key: string, part: JsonValue): WebhookEvent {
	if (isObject(part)) {
		if (key === 'messages') return normaliseMessage(scope, part);
		if (key === 'statuses') return normaliseStatus(scope, part);
	}
	return otherEvent(scope, key, part);
}
