import type { JsonObject } from '../json.ts';
import { asObject, asText } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import type { PhoneNumber } from '../state/account.ts';
import { GraphError, invalidParameter } from '../errors/graph-error.ts';

/**
 * Marks a customer's message as read and, on request, shows the typing indicator.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/typing-indicators
 */
export function markAsRead(
	simulator: Simulator,
	number: PhoneNumber,
	body: JsonObject,
): JsonObject {
	if (body['status'] !== 'read') throw invalidParameter('Param status must be one of {READ}');
	const messageId = asText(body['message_id']);
	if (messageId === undefined) {
		throw new GraphError(131008, { details: 'Parameter message_id is missing' });
	}
	const message = simulator.messages.get(messageId);
	const isInbound = message?.chat.author === 'customer' && message.chat.phoneNumberId === number.id;
	if (!isInbound && simulator.settings.strictReferences) {
		throw new GraphError(131009, {
			details: `There is no message of a customer with the ID ${messageId}`,
		});
	}
	const indicator = body['typing_indicator'];
	if (indicator !== undefined && asObject(indicator)?.['type'] !== 'text') {
		throw invalidParameter('Param typing_indicator.type must be one of {TEXT}');
	}
	simulator.counters.readReceipts++;
	if (message && isInbound) {
		// All earlier messages are then read as well.
		for (const { chat } of simulator.messages.takeUnread(message)) {
			chat.status = 'read';
			simulator.chat.publish('message', chat);
		}
		if (indicator !== undefined) {
			simulator.typing.start(simulator.clock, simulator.chat, number.id, message.chat.customer);
		}
	}
	return { success: true };
}
