import type { WebhookEvent } from './events';
import { isObject, type JsonObject } from './json';

/** How events become items. */
export type ItemShape = {
	/** `false`: Meta's own part instead of the readable item. */
	simplify: boolean;
	/** Whether a readable item carries Meta's part as `raw`. */
	includeRaw: boolean;
	/** Messages, statuses and the rest on an output each, instead of all on one. */
	splitOutputs: boolean;
};

/** Events to the JSON of items, one list per output of the node. */
export function toOutputs(events: readonly WebhookEvent[], shape: ItemShape): JsonObject[][] {
	const json = (event: WebhookEvent) => toJson(event, shape);
	if (!shape.splitOutputs) return [events.map(json)];
	return [
		events.filter(({ event }) => event === 'message').map(json),
		events.filter(({ event }) => event === 'status').map(json),
		events.filter(({ event }) => event !== 'message' && event !== 'status').map(json),
	];
}

function toJson(event: WebhookEvent, { simplify, includeRaw }: ItemShape): JsonObject {
	const { raw, ...readable } = event;
	if (!simplify) return isObject(raw) ? raw : { raw };
	return includeRaw ? event : readable;
}
