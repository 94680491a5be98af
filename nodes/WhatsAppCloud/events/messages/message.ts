import { camelCased } from '../reading/camelCase';
import { originOf, type ChangeScope } from '../reading/changeScope';
import { joinHints, NOBODY, personOf, type ContactHint } from '../reading/eventContact';
import { readConversationContext } from '../reading/conversationContext';
import type { MessageEvent } from './messageEvent';
import type { MessageEventName } from './messageEvent';
import type { HistoryPosition } from './messageEvent';
import type { MessageContext } from './messageEvent';
import {
	readObject,
	readString,
	withinDepth,
	type JsonObject,
	type JsonValue,
} from '../reading/lenientJson';
import { readContent } from './messageTypes';
import { readErrors } from '../reading/metaErrors';

/** Where a message was found, apart from what it says. */
interface MessageSetting<Name extends MessageEventName> {
	event: Name;
	direction: 'inbound' | 'outbound';
	history?: HistoryPosition;
	/** What the surroundings of the message say about the person. */
	person?: ContactHint;
	/** The part as Meta sent it, if the message was nested in it. */
	raw?: JsonObject;
}

/** A voicemail has the ID of its call, which begins like this. */
const CALL_ID_PREFIX = 'wacid.';

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
	const isInbound = setting.direction === 'inbound';
	const sentTo = isInbound ? null : readRecipient(message);
	const groupId = sentTo?.groupId ?? readString(message['group_id']);
	const own = sentTo?.person ?? readSender(message);
	const person = joinHints(own, setting.person ?? NOBODY);
	const origin = originOf(scope, person, message['timestamp']);
	const { contact } = origin;
	const event: MessageEvent<Name> = {
		event: setting.event,
		type,
		id: readString(message['id']),
		...origin,
		direction: setting.direction,
		from: isInbound
			? (person.waId ?? contact.waId ?? contact.userId)
			: (readString(message['from']) ?? scope.displayPhoneNumber),
		replyId: null,
		media: null,
		context: readContext(message['context']),
		...readContent(type, message),
		raw: withinDepth(setting.raw ?? message),
	};
	if (setting.history !== undefined) event.history = setting.history;
	if (groupId !== null) event.groupId = groupId;
	if (event.id?.startsWith(CALL_ID_PREFIX) === true) event.callId = event.id;
	const before = readConversationContext(message) ?? scope.conversationContext;
	if (before !== null) event.conversationContext = before;
	addExtras(event, message);
	return event;
}

function readSender(message: JsonObject): ContactHint {
	return {
		waId: readString(message['from']),
		userId: readString(message['from_user_id']),
		parentUserId: readString(message['from_parent_user_id']),
	};
}

/** Echoes name their recipient as webhooks do, or as the sender's request did. */
function readRecipient(message: JsonObject): { person: ContactHint; groupId: string | null } {
	const to = readString(message['to']);
	if (message['recipient_type'] === 'group') return { person: NOBODY, groupId: to };
	const named: ContactHint = {
		waId: null,
		userId: readString(message['to_user_id']),
		parentUserId: readString(message['to_parent_user_id']),
	};
	return {
		person: joinHints(named, personOf(to), personOf(readString(message['recipient']))),
		groupId: null,
	};
}

/** Parts that any type of message may carry. */
function addExtras(event: MessageEvent, message: JsonObject): void {
	const referral = readObject(message['referral']);
	if (referral !== null) event.referral = camelCased(referral);
	if (Array.isArray(message['errors'])) event.errors = readErrors(message['errors']);
}

/** Received messages name what they answer by `id`, sent ones by `message_id`. */
function readContext(value: JsonValue | undefined): MessageContext | null {
	const context = readObject(value);
	if (context === null) return null;
	const product = readObject(context['referred_product']);
	return {
		messageId: readString(context['id']) ?? readString(context['message_id']),
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
