import { originOf, type ChangeScope } from './change';
import { readErrors } from './meta-errors';
import type { StatusEvent, StatusPricing } from './events';
import { readBoolean, readObject, readString, type JsonObject } from './json';

/**
 * One entry of `statuses`: what became of a message that the business sent.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/status
 */
export function normaliseStatus(scope: ChangeScope, status: JsonObject): StatusEvent {
	const name = readString(status['status']) ?? 'unknown';
	const waId = readString(status['recipient_id']);
	const userId = readString(status['recipient_user_id']);
	return {
		event: 'status',
		type: name,
		id: readString(status['id']),
		...originOf(scope, status, { waId, userId }, status['timestamp']),
		status: name,
		recipient: waId ?? userId,
		errors: readErrors(status['errors']),
		pricing: readPricing(readObject(status['pricing'])),
		callbackData: readString(status['biz_opaque_callback_data']),
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
