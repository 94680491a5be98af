import { hash } from 'node:crypto';

import type { WebhookEvent } from './webhookEvent';

/** Keys this long or longer are replaced by a hash, so that a store can index them. */
const MAX_KEY_CHARACTERS = 200;

/**
 * Identifies an event when Meta delivers it again. Messages and statuses go by Meta's IDs;
 * everything else has no ID and goes by its content.
 */
export function eventKey(event: WebhookEvent): string {
	const key = readableKey(event) ?? contentKey(event);
	return key.length < MAX_KEY_CHARACTERS ? key : `${event.event}:${digest(key)}`;
}

function readableKey(event: WebhookEvent): string | null {
	const { id, phoneNumberId, contact } = event;
	if (id === null) return null;
	if ('direction' in event) return [event.event, phoneNumberId, id].join(':');
	if (!('status' in event)) return null;
	// In a group, each member has their own status.
	return [event.event, phoneNumberId, id, event.status, contact.id].join(':');
}

function contentKey(event: WebhookEvent): string {
	const { businessAccountId, phoneNumberId, timestamp, type, raw } = event;
	const content = JSON.stringify([businessAccountId, phoneNumberId, timestamp, type, raw]);
	return `${event.event}:${digest(content)}`;
}

const digest = (text: string): string => hash('sha256', text, 'base64url');
