import { type ChangeScope } from './reading/changeScope';
import { otherEvent } from './reading/otherEvent';
import { joinHints, personOf, type ContactHint } from './reading/eventContact';
import { messageOfEcho } from './echo';
import type { WebhookEvent } from './webhookEvent';
import type { HistoryPosition } from './messages/messageEvent';
import {
	readArray,
	readNumber,
	readObject,
	readString,
	type JsonObject,
} from './reading/lenientJson';
import { normaliseMessage } from './messages/message';
import { normaliseNotice } from './notices/notice';

/**
 * One chunk of a WhatsApp Business app's chat history: one event per message. A chunk without
 * messages becomes one notice: it reports the progress, or why nothing is shared.
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
		const person = personOfThread(thread);
		return readArray(thread?.['messages']).flatMap((message): WebhookEvent | [] => {
			if (message === null) return [];
			const record = readObject(message);
			return record === null
				? otherEvent(scope, 'history', message)
				: normaliseHistoryMessage(scope, record, position, person);
		});
	});
	return events.length > 0 ? events : [normaliseNotice(scope, 'history', chunk)];
}

export function normaliseHistoryMessage(
	scope: ChangeScope,
	message: JsonObject,
	position: Omit<HistoryPosition, 'status'>,
	person: ContactHint,
): WebhookEvent {
	const context = readObject(message['history_context']);
	return normaliseMessage(scope, message, {
		event: 'history',
		direction: isOwn(scope, message, person) ? 'outbound' : 'inbound',
		history: { ...position, status: readString(context?.['status']) },
		person,
	});
}

/** Media that the business sent arrive on their own, after the chunks that name them. */
export function normaliseHistoryEcho(scope: ChangeScope, echo: JsonObject): WebhookEvent {
	const message = messageOfEcho(echo);
	const context = readObject(message['history_context']);
	return normaliseMessage(scope, message, {
		event: 'history',
		direction: 'outbound',
		history: { ...NOWHERE, status: readString(context?.['status']) },
		raw: echo,
	});
}

/** The position of a message that arrives outside a chunk. */
export const NOWHERE = { phase: null, chunkOrder: null, progress: null } as const;

/** Whose chat it is, from its context and its ID, which is a phone number if Meta has one. */
function personOfThread(thread: JsonObject | null): ContactHint {
	const context = readObject(thread?.['context']);
	const named: ContactHint = {
		waId: readString(context?.['wa_id']),
		userId: readString(context?.['user_id']),
		parentUserId: readString(context?.['parent_user_id']),
		username: readString(context?.['username']),
		name: readString(context?.['name']),
	};
	return joinHints(named, personOf(readString(thread?.['id'])));
}

function isOwn(scope: ChangeScope, message: JsonObject, { waId }: ContactHint): boolean {
	if (readObject(message['history_context'])?.['from_me'] === true) return true;
	const from = digitsOf(readString(message['from']));
	const own = digitsOf(scope.displayPhoneNumber);
	if (own !== '') return from === own;
	const to = digitsOf(readString(message['to']));
	return to !== '' && to === digitsOf(waId) && from !== to;
}

function digitsOf(number: string | null): string {
	return number?.replace(/\D/g, '') ?? '';
}
