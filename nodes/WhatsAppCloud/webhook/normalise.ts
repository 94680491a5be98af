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
import { PARTS_BY_FIELD, type PartReader } from './parts';
import { isNoticeName, normaliseNotices } from './notice';

/** Meta's name for the only object this trigger reads. */
const WEBHOOK_OBJECT = 'whatsapp_business_account';

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

function normaliseChange(entry: JsonObject, change: JsonValue, events: WebhookEvent[]): void {
	if (change === null) return;
	const field = readString(readObject(change)?.['field']) ?? 'unknown';
	const value = readObject(readObject(change)?.['value']);
	if (value === null) {
		const part = readObject(change)?.['value'] ?? change;
		events.push(otherEvent(scopeOf(entry, null), field, part));
		return;
	}
	const scope = scopeOf(entry, readObject(value['metadata']), contactsOf(value));
	const parts = PARTS_BY_FIELD.get(field);
	if (parts !== undefined) normaliseParts(scope, field, parts, value, events);
	else if (isNoticeName(field)) events.push(...normaliseNotices(scope, field, value));
	else events.push(otherEvent(scope, field, value));
}

function contactsOf(value: JsonObject): ContactDirectory {
	const partCount = Math.max(
		readArray(value['messages']).length + readArray(value['statuses']).length,
		readArray(value['message_echoes']).length,
		readArray(value['calls']).length,
		readArray(value['user_preferences']).length,
	);
	return new ContactDirectory(readArray(value['contacts']), partCount);
}

function normaliseParts(
	scope: ChangeScope,
	field: string,
	readers: ReadonlyMap<string, PartReader>,
	value: JsonObject,
	events: WebhookEvent[],
): void {
	let hadParts = false;
	for (const key in value) {
		const parts = value[key];
		if (!Array.isArray(parts) || key === 'contacts') continue;
		const read = readers.get(key);
		hadParts ||= read !== undefined || parts.length > 0;
		for (const part of parts) {
			if (part === null) continue;
			const found = read !== undefined && isObject(part) ? read(scope, part) : null;
			if (found === null) events.push(otherEvent(scope, key, part));
			else if (Array.isArray(found)) for (const event of found) events.push(event);
			else events.push(found);
		}
	}
	if (!hadParts) events.push(otherEvent(scope, field, value));
}
