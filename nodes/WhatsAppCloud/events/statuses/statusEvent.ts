import { readCallbackData } from '../../graph/callbackData';
import { originOf, type ChangeScope } from '../reading/changeScope';
import { joinHints, type ContactHint } from '../reading/eventContact';
import {
	readBoolean,
	readNumber,
	readObject,
	readString,
	withinDepth,
	type JsonObject,
} from '../reading/lenientJson';
import { readErrors, type EventError } from '../reading/metaErrors';
import { readTimestamp } from '../reading/readTimestamp';
import type { EventOrigin, EventRaw } from '../reading/eventOrigin';

/** https://developers.facebook.com/docs/whatsapp/pricing */
interface StatusPricing {
	billable: boolean | null;
	/** `PMP` (per message) or, before July 2025, `CBP`. */
	model: string | null;
	/** `regular`, `free_customer_service` or `free_entry_point`. */
	type: string | null;
	category: string | null;
	/** What the message cost, if Meta says so: for templates with a maximum price. */
	cost?: { amount: number | null; currency: string | null };
}

export type StatusEvent<Name extends 'status' | 'standby' = 'status' | 'standby'> = EventOrigin &
	EventRaw & {
		event: Name;
		/** The same as `status`. */
		type: string;
		/** ID of the message that the status is about. */
		id: string | null;
		/** `sent`, `delivered`, `read`, `played`, `failed`, or whatever Meta adds. */
		status: string;
		/** Phone number of the recipient, their user ID if there is no number, or the group ID. */
		recipient: string | null;
		errors: EventError[];
		pricing: StatusPricing | null;
		conversation: {
			id: string | null;
			originType: string | null;
			/** ISO 8601 in UTC. */
			expiration: string | null;
		} | null;
		/** `biz_opaque_callback_data` of the send. */
		callbackData: string | null;
		/** What the sender of this package gave as Tracking Text. */
		trackingText: string | null;
		/** The template that Meta made from a Direct Send message, outside the window. */
		templateId: string | null;
		groupId: string | null;
	};

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
	const callbackData = readString(status['biz_opaque_callback_data']);
	return {
		event,
		type: name,
		id: readString(status['id']),
		...originOf(scope, personOfStatus(status), status['timestamp']),
		status: name,
		recipient: recipientId ?? userId,
		errors: readErrors(status['errors']),
		pricing: readPricing(readObject(status['pricing'])),
		conversation: readConversation(readObject(status['conversation'])),
		callbackData,
		trackingText: callbackData === null ? null : readCallbackData(callbackData).callbackValue,
		templateId: readString(status['template_id']),
		groupId: isInGroup(status) ? recipientId : null,
		raw: withinDepth(status),
	};
}

/** The person a status is about: the recipient or, in a group, the member (Meta has two names). */
export function personOfStatus(status: JsonObject): ContactHint {
	const named = (who: string): ContactHint => ({
		waId:
			readString(status[`${who}_id`]) ?? readString(readObject(status['message'])?.[`${who}_id`]),
		userId: readString(status[`${who}_user_id`]),
		parentUserId: readString(status[`${who}_parent_user_id`]),
		identityKeyHash:
			readString(status[`${who}_identity_key_hash`]) ?? readString(status['identity_key_hash']),
	});
	return isInGroup(status)
		? joinHints(named('recipient_participant'), named('participant_recipient'))
		: named('recipient');
}

function isInGroup(status: JsonObject): boolean {
	return status['recipient_type'] === 'group';
}

function readPricing(pricing: JsonObject | null): StatusPricing | null {
	if (pricing === null) return null;
	return {
		billable: readBoolean(pricing['billable']),
		model: readString(pricing['pricing_model']),
		type: readString(pricing['type']),
		category: readString(pricing['category']),
		...readCost(readObject(pricing['cost'])),
	};
}

function readCost(cost: JsonObject | null): Pick<StatusPricing, 'cost'> {
	if (cost === null) return {};
	return { cost: { amount: readNumber(cost['amount']), currency: readString(cost['currency']) } };
}

function readConversation(conversation: JsonObject | null): StatusEvent['conversation'] {
	if (conversation === null) return null;
	return {
		id: readString(conversation['id']),
		originType: readString(readObject(conversation['origin'])?.['type']),
		expiration: readTimestamp(conversation['expiration_timestamp']),
	};
}
