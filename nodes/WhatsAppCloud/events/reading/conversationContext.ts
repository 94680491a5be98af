import { camelCased } from './camelCase';
import { readArray, readObject, readString, type JsonObject, type JsonValue } from './lenientJson';

/** What was said before another agent took or passed the conversation. */
export interface ConversationContext {
	/** `summary` or `history`. */
	type: string | null;
	/** The summary, or the history with one line per message. */
	text: string | null;
	/** Meta's fields in camel case. */
	details: JsonObject;
}

/**
 * What was said before another agent took or passed the conversation, if the object has it.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messaging_handovers
 */
export function readConversationContext(holder: JsonObject): ConversationContext | null {
	const context = readObject(holder['conversation_context']);
	if (context === null) return null;
	const history = readObject(context['history'])?.['items'] ?? context['history'];
	const lines = readArray(history ?? context['messages'])
		.map(lineOf)
		.filter((line) => line !== null);
	const summary = readObject(context['summary']);
	const type = summary === null && lines.length > 0 ? 'history' : 'summary';
	return {
		type: readString(context['type']) ?? type,
		text:
			readString(summary?.['text']) ??
			readString(context['summary']) ??
			(lines.length === 0 ? null : lines.join('\n')),
		details: camelCased(context),
	};
}

/** `user: …`: who said it, by role. */
function lineOf(value: JsonValue): string | null {
	const item = readObject(value);
	const text =
		readString(readObject(item?.['text'])?.['body']) ??
		readString(item?.['text']) ??
		readString(item?.['body']) ??
		readString(item?.['type']);
	if (text === null) return null;
	const who =
		readString(item?.['role']) ?? readString(item?.['sender_type']) ?? readString(item?.['from']);
	return who === null ? text : `${who}: ${text}`;
}
