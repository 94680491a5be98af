import { originOf, otherEvent, type ChangeScope } from './change';
import type { MessageContext, MessageEvent, OtherEvent } from './events';
import { readObject, readString, type JsonObject, type JsonValue } from './json';

type MessageParts = { text: string | null };

/** The table of message types: what a person would read of each. */
const MESSAGE_TYPES: Readonly<Record<string, (message: JsonObject) => MessageParts>> = {
	text: (message) => ({ text: readString(readObject(message['text'])?.['body']) }),
};

/** One entry of `messages`. */
export function normaliseMessage(
	scope: ChangeScope,
	message: JsonObject,
): MessageEvent | OtherEvent {
	const type = readString(message['type']) ?? 'unknown';
	const id = readString(message['id']);
	const hint = {
		waId: readString(message['from']),
		userId: readString(message['from_user_id']),
	};
	const time = message['timestamp'];
	const normalise = Object.hasOwn(MESSAGE_TYPES, type) ? MESSAGE_TYPES[type] : undefined;
	if (normalise === undefined) return otherEvent(scope, type, message, { id, hint, time });
	const origin = originOf(scope, message, hint, time);
	return {
		event: 'message',
		type,
		id,
		...origin,
		from: hint.waId ?? origin.contact.waId ?? origin.contact.userId,
		...normalise(message),
		context: readContext(message['context']),
	};
}

function readContext(value: JsonValue | undefined): MessageContext | null {
	const context = readObject(value);
	if (context === null) return null;
	return {
		messageId: readString(context['id']),
		from: readString(context['from']),
		forwarded: context['forwarded'] === true,
		frequentlyForwarded: context['frequently_forwarded'] === true,
	};
}
