import { otherEvent, type ChangeScope } from './change';
import type { HistoryPosition, WebhookEvent } from './events';
import { readArray, readNumber, readObject, readString, type JsonObject } from './json';
import { normaliseMessage } from './message';
import { normaliseNotice } from './notice';

/**
 * One chunk of the chat history of a WhatsApp Business app: one event per message, or one notice
 * for a chunk that holds none, since it tells the progress or why nothing is shared.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/history/
 */
export function normaliseHistoryChunk(scope: ChangeScope, chunk: JsonObject): WebhookEvent[] {
	const metadata = readObject(chunk['metadata']);
	const position = {
		phase: readNumber(metadata?.['phase']),
		chunkOrder: readNumber(metadata?.['chunk_order']),
		progress: readNumber(metadata?.['progress']),
	};
	const events = readArray(chunk['threads']).flatMap((value) => {
		const thread = readObject(value);
		const threadId = readString(thread?.['id']);
		return readArray(thread?.['messages']).flatMap((message): WebhookEvent | [] => {
			if (message === null) return [];
			const record = readObject(message);
			return record === null
				? otherEvent(scope, 'history', message)
				: normaliseHistoryMessage(scope, record, position, threadId);
		});
	});
	return events.length > 0 ? events : [normaliseNotice(scope, 'history', chunk)];
}

export function normaliseHistoryMessage(
	scope: ChangeScope,
	message: JsonObject,
	position: Omit<HistoryPosition, 'status'>,
	contactWaId: string | null,
): WebhookEvent {
	const context = readObject(message['history_context']);
	const own = digitsOf(scope.displayPhoneNumber);
	const isOutbound = context?.['from_me'] === true || digitsOf(readString(message['from'])) === own;
	return normaliseMessage(scope, message, {
		event: 'history',
		direction: isOutbound && own !== '' ? 'outbound' : 'inbound',
		history: { ...position, status: readString(context?.['status']) },
		contactWaId,
	});
}

function digitsOf(number: string | null): string {
	return number?.replace(/\D/g, '') ?? '';
}
