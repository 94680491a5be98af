import { scopeOf, type ChangeScope } from './reading/changeScope';
import { otherEvent } from './reading/otherEvent';
import { ContactDirectory } from './reading/eventContact';
import { rememberPlaces } from './placeInWebhook';
import type { WebhookEvent } from './webhookEvent';
import {
	isObject,
	readArray,
	readObject,
	readString,
	type JsonObject,
	type JsonValue,
} from './reading/lenientJson';
import { PARTS_BY_FIELD, type PartReader } from './eventParts';
import { isNoticeName, normaliseNotices } from './notices/notice';

/** Meta's name for the only object this trigger reads. */
const WEBHOOK_OBJECT = 'whatsapp_business_account';

/**
 * Turns one webhook body into one event per message, status or notice, in the order of the body.
 * It never throws for a value that `JSON.parse` can return; what it cannot read becomes `other`.
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
	for (const change of entry['changes']) {
		const before = events.length;
		normaliseChange(entry, change, events);
		const delivered = readObject(change);
		rememberPlaces(events.slice(before), {
			change: before,
			field: delivered?.['field'],
			value: readObject(delivered?.['value']) ?? {},
		});
	}
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
	if (field === 'standby') {
		for (const event of normaliseStandby(entry, value)) events.push(event);
		return;
	}
	const scope = scopeOf(entry, value, contactsOf(value));
	const parts = PARTS_BY_FIELD.get(field);
	const notice = NOTICE_ALIASES.get(field) ?? field;
	if (parts !== undefined) normaliseParts(scope, field, parts, value, events);
	else if (isNoticeName(notice)) events.push(...normaliseNotices(scope, notice, value));
	else events.push(otherEvent(scope, field, value));
}

/** Other names that Meta's pages have, or had, for the same field. */
const NOTICE_ALIASES: ReadonlyMap<string, string> = new Map([
	['group_participant_update', 'group_participants_update'],
	['phone_number_username_update', 'business_username_updates'],
]);

/**
 * The lists of a conversation on standby are in `value.standby`, with their own contacts; in older
 * shapes they are in the value itself. What cannot be read stays a `standby` event, so that nobody
 * takes it for something to answer.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/standby
 */
function normaliseStandby(entry: JsonObject, value: JsonObject): WebhookEvent[] {
	const { standby: inner, contacts, ...flat } = value;
	const holders = (Array.isArray(inner) ? inner : [inner])
		.map(readObject)
		.filter((holder) => holder !== null);
	const events: WebhookEvent[] = [];
	for (const holder of holders) {
		// What surrounds the inner object applies to it, too.
		normaliseStandbyParts(entry, { ...around(value), ...holder }, events);
	}
	if (holders.length === 0) normaliseStandbyParts(entry, value, events);
	else if (Object.values(flat).some(Array.isArray)) {
		normaliseStandbyParts(entry, { ...flat, contacts }, events);
	}
	return events.map((event) =>
		event.event === 'other' ? { ...event, event: 'standby' as const } : event,
	);
}

function around({ metadata, contacts, conversation_context }: JsonObject): JsonObject {
	return { metadata, contacts, conversation_context };
}

const NO_PARTS: ReadonlyMap<string, PartReader> = new Map();

function normaliseStandbyParts(entry: JsonObject, value: JsonObject, events: WebhookEvent[]): void {
	const scope = scopeOf(entry, value, contactsOf(value));
	const parts = PARTS_BY_FIELD.get('standby') ?? NO_PARTS;
	normaliseParts(scope, 'standby', parts, value, events);
}

/** Lists without parts, or whose parts name no person. */
const WITHOUT_PERSON: ReadonlySet<string> = new Set(['contacts', 'errors']);

function contactsOf(value: JsonObject): ContactDirectory {
	let partCount = 0;
	for (const key in value) {
		if (WITHOUT_PERSON.has(key)) continue;
		// A chunk of the history holds chats with many people.
		partCount += key === 'history' ? Infinity : readArray(value[key]).length;
	}
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
