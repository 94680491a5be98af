import { forAllConcurrently } from '../../concurrency/pool';
import type { GraphClient } from '../../graph/client';
import { readReceipt } from '../../graph/endpoints/readReceipt';
import type { WebhookEvent } from '../../events/webhookEvent';
import { READ_RECEIPT_MS } from '../timeouts';

const CONCURRENCY = 20;

/**
 * Marks received messages as read and, on request, shows a typing indicator. Never throws: a
 * missing read receipt must not cost a message.
 *
 * @returns what went wrong, one line per conversation
 */
export async function markAsRead(
	graph: GraphClient,
	events: readonly WebhookEvent[],
	showTyping: boolean,
): Promise<string[]> {
	const messages = lastOfEachConversation(events);
	const problems: string[] = [];
	await forAllConcurrently(messages, CONCURRENCY, async ({ phoneNumberId, id }) => {
		const attempt = await graph.attempt({
			...readReceipt(phoneNumberId, id, showTyping),
			timeoutMs: READ_RECEIPT_MS,
		});
		if (!attempt.ok) problems.push(attempt.error.message);
	});
	return problems;
}

interface Unread {
	id: string;
	phoneNumberId: string;
}

/**
 * Marking a message also marks all before it in the conversation, except in groups, where each
 * counts alone.
 */
function lastOfEachConversation(events: readonly WebhookEvent[]): Unread[] {
	const last = new Map<string, Unread>();
	for (const event of events) {
		if (event.event !== 'message') continue;
		const { id, phoneNumberId } = event;
		if (id === null || phoneNumberId === null) continue;
		const conversation = event.groupId === undefined ? event.contact.id : null;
		last.set(`${phoneNumberId} ${conversation ?? id}`, { id, phoneNumberId });
	}
	return [...last.values()];
}
