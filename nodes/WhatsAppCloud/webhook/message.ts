import { camelCased } from './camelCase';
import { originOf, type ChangeScope } from './change';
import type { HistoryPosition, MessageContext, MessageEvent, MessageEventName } from './events';
import { readObject, readString, withinDepth, type JsonObject, type JsonValue } from './json';
import { readContent } from './messageTypes';
import { readErrors } from './metaErrors';

/** Where a message stands, apart from what it says. */
type MessageSetting<Name extends MessageEventName> = {
	event: Name;
	direction: 'inbound' | 'outbound';
	history?: HistoryPosition;
	/** The person's number where the message itself does not name it. */
	contactWaId?: string | null;
};

/**
 * One message, received or sent from elsewhere.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages
 */
export function normaliseMessage<Name extends MessageEventName>(
	scope: ChangeScope,
	message: JsonObject,
	setting: MessageSetting<Name>,
): MessageEvent<Name> {
	const type = readString(message['type']) ?? 'unknown';
	const sender = { waId: readString(message['from']), userId: readString(message['from_user_id']) };
	const person =
		setting.direction === 'inbound'
			? sender
			: {
					waId: readString(message['to']) ?? setting.contactWaId ?? null,
					userId: readString(message['to_user_id']),
				};
	const origin = originOf(scope, person, message['timestamp']);
	const { contact } = origin;
	const event: MessageEvent<Name> = {
		event: setting.event,
		type,
		id: readString(message['id']),
		...origin,
		direction: setting.direction,
		from:
			setting.direction === 'inbound'
				? (sender.waId ?? contact.waId ?? contact.userId)
				: sender.waId,
		replyId: null,
		media: null,
		context: readContext(message['context']),
		...readContent(type, message),
		raw: withinDepth(message),
	};
	if (setting.history !== undefined) event.history = setting.history;
	addExtras(event, message);
	return event;
}

/** Parts that any type of message may carry. */
function addExtras(event: MessageEvent, message: JsonObject): void {
	const referral = readObject(message['referral']);
	if (referral !== null) event.referral = camelCased(referral);
	if (Array.isArray(message['errors'])) event.errors = readErrors(message['errors']);
	const groupId = readString(message['group_id']);
	if (groupId !== null) event.groupId = groupId;
}

function readContext(value: JsonValue | undefined): MessageContext | null {
	const context = readObject(value);
	if (context === null) return null;
	const product = readObject(context['referred_product']);
	return {
		messageId: readString(context['id']),
		from: readString(context['from']) ?? readString(context['from_user_id']),
		forwarded: context['forwarded'] === true || context['frequently_forwarded'] === true,
		frequentlyForwarded: context['frequently_forwarded'] === true,
		product:
			product === null
				? null
				: {
						catalogId: readString(product['catalog_id']),
						productRetailerId: readString(product['product_retailer_id']),
					},
	};
}
