import { forEachConcurrently } from '../../concurrency/pool';
import type { GraphClient } from '../../graph/client';
import type { WebhookEvent } from '../../events/webhookEvent';
import type { MessageEvent } from '../../events/messages/messageEvent';
import { READ_RECEIPT_MS } from '../timeouts';

const CONCURRENCY = 20;

/**
 * Marks received messages as read and, on request, shows a typing indicator. Never throws: a
 * missing read receipt must not cost a message.
 *
 * @returns what went wrong, one line per conversation
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/mark-message-as-read
 */
export async function markAsRead(
	graph: GraphClient,
	events: readonly WebhookEvent[],
	showTyping: boolean,
): Promise<string[]> {
	const messages = lastOfEachConversation(events);
	const problems: string[] = [];
	await forEachConcurrently(
		messages.length,
		CONCURRENCY,
		() => true,
		async (index) => {
			const message = messages[index];
			if (message === undefined) return;
			const attempt = await graph.attempt({
				method: 'POST',
				node: message.phoneNumberId ?? '',
				edge: 'messages',
				json: {
					messaging_product: 'whatsapp',
					status: 'read',
					message_id: message.id,
					...(showTyping ? { typing_indicator: { type: 'text' } } : {}),
				},
				timeoutMs: READ_RECEIPT_MS,
			});
			if (!attempt.ok) problems.push(attempt.error.message);
		},
	);
	return problems;
}

/**
 * Marking a message also marks all before it in the conversation, except in groups, where each
 * counts alone.
 */
function lastOfEachConversation(events: readonly WebhookEvent[]): MessageEvent[] {
	const last = new Map<string, MessageEvent>();
	for (const event of events) {
		if (event.event !== 'message' || event.id === null || event.phoneNumberId === null) continue;
		const conversation = event.groupId === undefined ? event.contact.id : null;
		last.set(`${event.phoneNumberId} ${conversation ?? event.id}`, event);
	}
	return [...last.values()];
}
