import type { WebhookEvent } from './webhookEvent';
import {
	readArray,
	readObject,
	withinDepth,
	type JsonObject,
	type JsonValue,
} from './reading/lenientJson';

/** Where an event stood in Meta's webhook: enough to write its change again. */
export interface PlaceInWebhook {
	/** Tells the changes of a webhook apart. */
	change: number;
	/** Meta's name for the change; missing where Meta gave none. */
	field?: JsonValue;
	/** The change's value without its lists or, if the event is no entry of a list, all of it. */
	around: JsonObject;
	/** The list and the entry that the event is; `null` if it is no entry of a list. */
	entry: { list: string; part: JsonValue } | null;
}

/** A change as Meta delivered it. */
interface Source {
	change: number;
	field: JsonValue | undefined;
	value: JsonObject;
}

/**
 * Beside the events and not in them: few triggers ask for it, and what an event holds is stored for
 * all of them.
 */
const sources = new WeakMap<WebhookEvent, Source>();

/** Remembers where events were read, for as long as they are in memory. */
export function rememberPlaces(events: readonly WebhookEvent[], source: Source): void {
	for (const event of events) sources.set(event, source);
}

/** @returns `null` if the event was not read from a change of a webhook in this process */
export function placeOf(event: WebhookEvent): PlaceInWebhook | null {
	const source = sources.get(event);
	if (source === undefined) return null;
	const { change, field, value } = source;
	const entry = entryOf(event, value);
	const around =
		entry === null
			? value
			: Object.fromEntries(Object.entries(value).filter(([key, item]) => !isTold(key, item)));
	return {
		change,
		...(field === undefined ? {} : { field }),
		around: withinDepth(around) as JsonObject,
		entry,
	};
}

/** Whether the events of a change say what is in a list. */
const isTold = (key: string, item: JsonValue | undefined): boolean =>
	key !== 'contacts' && Array.isArray(item) && item.length > 0;

function entryOf({ raw }: WebhookEvent, value: JsonObject): PlaceInWebhook['entry'] {
	const list = Object.keys(value).find((key) => readArray(value[key]).includes(raw));
	if (list !== undefined) return { list, part: raw };
	for (const chunk of readArray(value['history']).map(readObject)) {
		for (const thread of readArray(chunk?.['threads']).map(readObject)) {
			if (!readArray(thread?.['messages']).includes(raw)) continue;
			const part = { ...chunk, threads: [{ ...thread, messages: [raw] }] };
			return { list: 'history', part };
		}
	}
	return null;
}

/** An event with its place, as it is stored for triggers that make items of changes. */
export type PlacedEvent = WebhookEvent & { place?: PlaceInWebhook };

/** Adds its place to an event that was read in this process. */
export function withPlace(event: WebhookEvent): PlacedEvent {
	const place = placeOf(event);
	return place === null ? event : { ...event, place };
}

/**
 * Puts a change together again, with those of its entries that are given: an item of n8n's WhatsApp
 * Trigger.
 */
export function changeOf(places: readonly PlaceInWebhook[]): JsonObject {
	const whole = places.find(({ entry }) => entry === null);
	const { around, field } = whole ?? places[0] ?? { around: {} };
	const value: JsonObject = { ...around };
	for (const { entry } of whole === undefined ? places : []) {
		if (entry !== null) value[entry.list] = [...readArray(value[entry.list]), entry.part];
	}
	return field === undefined ? value : { ...value, field };
}
