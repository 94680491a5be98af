import type { IBinaryKeyData, IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { TakenOver } from '../../contacts/handoff';
import { changeOf } from '../../events/placeInWebhook';
import type { WebhookEvent } from '../../events/webhookEvent';
import { isObject } from '../../events/reading/lenientJson';
import type { StoredEvent } from '../deliveries/content';
import type { OutputFormat } from '../settings/outputFormat';
import type { ItemShape, TriggerOptions } from '../settings/triggerOptions';
import { redactor } from '../../events/redact';
import { isoTime } from '../../values/timestamp';
import { type Files } from './exchangeWithMeta';

/** Groups events by the node output they go to. */
export function byOutput(
	events: readonly StoredEvent[],
	{ splitOutputs, whenTakenOver }: Pick<ItemShape, 'splitOutputs' | 'whenTakenOver'>,
): StoredEvent[][] {
	if (whenTakenOver === 'route') {
		const shape = { splitOutputs, whenTakenOver: 'mark' } as const;
		const free = events.filter(({ handoff }) => handoff === undefined);
		return [...byOutput(free, shape), events.filter(({ handoff }) => handoff !== undefined)];
	}
	if (!splitOutputs) return [[...events]];
	return [
		events.filter(({ event }) => event === 'message'),
		events.filter(({ event }) => event === 'status'),
		events.filter(({ event }) => event !== 'message' && event !== 'status'),
	];
}

/** No items for any output: nothing downstream runs. */
export const noItems = (shape: ItemShape): INodeExecutionData[][] =>
	byOutput([], shape).map(() => []);

/** What an item says about its execution, where an execution that was killed starts again. */
export interface Delivery {
	/** 1, or more if an earlier execution with the same events was killed. */
	attempt: number;
}

/** The JSON of an item: what most workflows use comes first. */
export function itemJson(event: StoredEvent, shape: ItemShape): IDataObject {
	const { handoff, ...arrived } = event;
	const json = arrivedJson(arrived, shape);
	return isMarked(event, shape) ? { ...json, handoff: handoffJson(handoff) } : json;
}

const isMarked = (event: WebhookEvent, { whenTakenOver }: ItemShape): boolean =>
	isMessage(event) && (whenTakenOver === 'mark' || whenTakenOver === 'route');

/** Who answers the person, with times in ISO 8601; null if nobody else does. */
function handoffJson(handoff: TakenOver | undefined): IDataObject | null {
	if (handoff === undefined) return null;
	const { kind, by, reason, at, until } = handoff;
	return { kind, by, reason, since: isoTime(at), until: isoTime(until) };
}

function arrivedJson(
	event: Omit<StoredEvent, 'handoff'>,
	{ format, includeRaw }: ItemShape,
): IDataObject {
	const { raw, consent, ...readable } = event;
	// Without its place, which was not stored while the format was another one, it stands alone.
	if (format !== 'event') return isObject(raw) ? raw : { raw };
	const values: IDataObject = readable;
	const json: IDataObject = {};
	for (const name of usedMost) if (name in values) json[name] = values[name];
	for (const [name, value] of Object.entries(values)) if (!ownMembers.has(name)) json[name] = value;
	if (consent !== undefined) json['consent'] = consent;
	if (includeRaw || isUnread(values)) json['raw'] = raw;
	return json;
}

/** What the trigger stores with an event for itself, and does not show. */
const ownMembers: ReadonlySet<string> = new Set(['place']);

const usedMost = ['event', 'type', 'text', 'from', 'contact', 'id', 'replyId', 'media'];

/** What any event has, whatever it says. */
const ofAnyEvent: ReadonlySet<string> = new Set([
	'event',
	'type',
	'id',
	'timestamp',
	'businessAccountId',
	'phoneNumberId',
	'displayPhoneNumber',
	'contact',
	...ownMembers,
]);

/** Whether no part of the event could be read, so that Meta's data is all there is. */
const isUnread = (values: IDataObject): boolean =>
	Object.keys(values).every((name) => ofAnyEvent.has(name));

/**
 * The items of each output.
 *
 * @param secret The key of the hashes, for redacted items.
 * @param delivery Added to each item; `null` adds nothing.
 */
export function toItems(
	events: readonly StoredEvent[],
	files: Files,
	{ shape, redact, download, collect }: ItemOptions,
	secret: string,
	delivery: Delivery | null = null,
): INodeExecutionData[][] {
	const shown = redact ? redacted(secret) : (event: StoredEvent) => event;
	const outputField = download?.outputField ?? 'data';
	return byOutput(events, shape).map((output) =>
		groupsOf(output, shape, collect !== null).map((group) => {
			const binary: IBinaryKeyData = {};
			const parts = group.map((event) => {
				const file = files.get(event);
				if (file === undefined) return itemJson(shown(event), shape);
				if (!('file' in file)) return itemJson(withFile(shown(event), file), shape);
				const count = Object.keys(binary).length;
				const field = count === 0 ? outputField : `${outputField}${count + 1}`;
				binary[field] = file.file;
				return itemJson(withFile(shown(event), { outputField: field }), shape);
			});
			const places = shape.format === 'builtIn' ? group.flatMap(({ place }) => place ?? []) : [];
			const isCollected = collect !== null && group.every(isMessage);
			const json: IDataObject =
				places.length > 0
					? changeOf(places)
					: isCollected
						? collected(parts, shape)
						: { ...parts[0] };
			const last = group.at(-1);
			if (places.length > 0 && last !== undefined && isMarked(last, shape)) {
				json['handoff'] = handoffJson(last.handoff);
			}
			if (delivery !== null) json['delivery'] = { ...delivery };
			const hasFiles = Object.keys(binary).length > 0;
			return { json, ...(hasFiles ? { binary } : {}), pairedItem: { item: 0 } };
		}),
	);
}

/** The reason of a handoff may hold words of the person. */
function redacted(secret: string): (event: StoredEvent) => StoredEvent {
	const redact = redactor(secret);
	return (event) => {
		const { handoff, consent } = event;
		return {
			...redact(event),
			...(consent === undefined ? {} : { consent }),
			...(handoff === undefined ? {} : { handoff: { ...handoff, reason: null } }),
		};
	};
}

type ItemOptions = Pick<TriggerOptions, 'shape' | 'redact' | 'download' | 'collect'>;

/**
 * Each event alone, or those of a change together; where messages are collected, those of a person
 * together.
 */
function groupsOf(
	events: readonly StoredEvent[],
	{ format }: ItemShape,
	isCollecting: boolean,
): StoredEvent[][] {
	const groups = new Map<StoredEvent | string, StoredEvent[]>();
	for (const event of events) {
		const key = groupOf(event, format, isCollecting) ?? event;
		const group = groups.get(key);
		if (group === undefined) groups.set(key, [event]);
		else group.push(event);
	}
	return [...groups.values()];
}

/** @returns `null` for an event that makes an item of its own */
function groupOf(event: StoredEvent, format: OutputFormat, isCollecting: boolean): string | null {
	const { place, phoneNumberId, contact } = event;
	if (format === 'builtIn' && place === undefined) return null;
	if (isCollecting && isMessage(event)) return `of ${phoneNumberId ?? ''} ${contact.id ?? ''}`;
	return format === 'builtIn' && place !== undefined ? `change ${place.change}` : null;
}

const isMessage = (event: WebhookEvent): boolean => event.event === 'message';

/** The item of a person's messages: like their last one, with the text of all, and all of them. */
function collected(messages: readonly IDataObject[], { format }: ItemShape): IDataObject {
	const last = messages.at(-1) ?? {};
	if (format !== 'event') return { ...last, messages: [...messages] };
	const texts = messages.map(({ text }) => text).filter((text) => typeof text === 'string');
	const text = texts.length === 0 ? null : texts.join('\n');
	return { ...last, text, messages: [...messages] };
}

export function withFile(
	event: StoredEvent,
	told: { outputField: string } | { problem: string },
): StoredEvent {
	if (!('media' in event) || event.media === null) return event;
	return { ...event, media: { ...event.media, ...told } };
}
