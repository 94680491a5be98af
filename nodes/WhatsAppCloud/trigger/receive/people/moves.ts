import { isObject, readString, type JsonObject } from '../../../events/reading/lenientJson';
import type { WebhookEvent } from '../../../events/webhookEvent';
import type { ContactMove } from '../../../store/contacts/contactStore';
import { isKey, phoneOf } from '../address';
import type { Naming } from '../naming';

/** Whether a message is WhatsApp's notice about a person, whose sender may be out of date. */
export const isSystemNotice = (event: WebhookEvent): boolean =>
	'direction' in event && event.type === 'system';

/**
 * The keys of a person that an event replaces: their number, their user ID, or both.
 *
 * @param at when it happened, in milliseconds since 1970
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/system
 */
export function movesOf(event: WebhookEvent, naming: Naming, at: number): ContactMove[] {
	const pairs = [...changedNumber(event), ...changedUserId(event)];
	return pairs.flatMap(([before, after]) => {
		if (!isKey(before) || !isKey(after) || before === after) return [];
		return [
			{
				accountKey: naming.accountKey(event),
				oldKey: naming.identifierKey(event, before),
				newKey: naming.identifierKey(event, after),
				at,
			},
		];
	});
}

type Pair = readonly [before: string | null, after: string | null];

function changedNumber(event: WebhookEvent): Pair[] {
	const system = systemOf(event);
	if (system === null || readString(system['type']) !== 'user_changed_number') return [];
	const after = readString(system['newWaId']) ?? readString(system['waId']);
	const before = 'from' in event ? event.from : null;
	return [[phoneOf(before), phoneOf(after)]];
}

function changedUserId(event: WebhookEvent): Pair[] {
	const system = systemOf(event);
	if (system !== null) {
		return [[readString(system['previousUserId']), readString(system['userId'])]];
	}
	if (event.event !== 'user_id_update') return [];
	const { userId } = event.details;
	return isObject(userId) ? [[readString(userId['previous']), readString(userId['current'])]] : [];
}

const systemOf = (event: WebhookEvent): JsonObject | null =>
	'system' in event && event.type === 'system' ? (event.system ?? null) : null;
