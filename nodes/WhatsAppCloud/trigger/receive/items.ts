import type { IDataObject } from 'n8n-workflow';
import type { WebhookEvent } from '../../events/eventTypes';
import { isObject } from '../../events/lenientJson';

/** How events become items. */
export interface ItemShape {
	/** `false`: Meta's own part instead of the readable item. */
	simplify: boolean;
	/** Whether a readable item carries Meta's part as `raw`. */
	includeRaw: boolean;
	/** Messages, statuses and the rest on an output each, instead of all on one. */
	splitOutputs: boolean;
}

/** Events by the output of the node that they leave by. */
export function byOutput(
	events: readonly WebhookEvent[],
	{ splitOutputs }: ItemShape,
): WebhookEvent[][] {
	if (!splitOutputs) return [[...events]];
	return [
		events.filter(({ event }) => event === 'message'),
		events.filter(({ event }) => event === 'status'),
		events.filter(({ event }) => event !== 'message' && event !== 'status'),
	];
}

/** The JSON of an item. */
export function itemJson(event: WebhookEvent, { simplify, includeRaw }: ItemShape): IDataObject {
	const { raw, ...readable } = event;
	if (!simplify) return isObject(raw) ? raw : { raw };
	return includeRaw ? { ...event } : readable;
}
