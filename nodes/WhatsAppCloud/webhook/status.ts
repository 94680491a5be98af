import { originOf, type ChangeScope } from './change';
import type { StatusEvent, StatusPricing } from './events';
import { readBoolean, readObject, readString, withinDepth, type JsonObject } from './json';
import { readErrors } from './metaErrors';
import { readTimestamp } from './timestamp';

/**
 * One entry of `statuses`: what became of a message that the business sent.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/status
 */
export function normaliseStatus<Name extends 'status' | 'standby'>(
	scope: ChangeScope,
	status: JsonObject,
	event: Name,
): StatusEvent<Name> {
	const name = readString(status['status']) ?? 'unknown';
	const recipientId = readString(status['recipient_id']);
	const userId = readString(status['recipient_user_id']);
	const isGroup = status['recipient_type'] === 'group';
	const hint = isGroup
		? {
				waId: readString(status['recipient_participant_id']),
				userId: readString(status['recipient_participant_user_id']),
			}
		: { waId: recipientId, userId };
	return {
		event,
		type: name,
		id: readString(status['id']),
		...originOf(scope, hint, status['timestamp']),
		status: name,
		recipient: recipientId ?? userId,
		errors: readErrors(status['errors']),
		pricing: readPricing(readObject(status['pricing'])),
		conversation: readConversation(readObject(status['conversation'])),
		callbackData: readString(status['biz_opaque_callback_data']),
		groupId: isGroup ? recipientId : null,
		raw: withinDepth(status),
	};
}

function readPricing(pricing: JsonObject | null): StatusPricing | null {
	if (pricing === null) return null;
	return {
		billable: readBoolean(pricing['billable']),
		model: readString(pricing['pricing_model']),
		type: readString(pricing['type']),
		category: readString(pricing['category']),
	};
}

function readConversation(conversation: JsonObject | null): StatusEvent['conversation'] {
	if (conversation === null) return null;
	return {
		id: readString(conversation['id']),
		originType: readString(readObject(conversation['origin'])?.['type']),
		expiration: readTimestamp(conversation['expiration_timestamp']),
	};
}
