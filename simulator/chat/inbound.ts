import type { ChatCustomer, ChatMessage, NewChatMessage } from '../chat-contract.ts';
import { NotHere } from '../admin/not-here.ts';
import type { JsonObject } from '../json.ts';
import { asObject, asText } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import type { PhoneNumber } from '../state/account.ts';
import { digitsOf } from '../state/account.ts';
import { newMessageId } from '../state/ids.ts';
import type { StoredMessage } from '../state/messages.ts';
import { messagesValue, webhookContact } from '../webhooks/payload.ts';
import { threadKey } from '../graph/numbers/thread-control.ts';
import { standbyValue } from '../webhooks/change-values.ts';
import { publishChange } from '../webhooks/publish.ts';
import { shapeInbound } from './inbound-types.ts';
import { asTapOfTemplate } from './template-tap.ts';

/**
 * A customer sends a message: the chat shows it, and the business gets it as a webhook.
 * @throws NotHere for an unknown number; SyntaxError when the message has no content
 * @param origin base of the media URLs in the webhook
 * @returns the message's ID
 */
export function receiveFromCustomer(
	simulator: Simulator,
	given: NewChatMessage,
	origin: string,
): string {
	const target = simulator.messages.get(given.contextId ?? '')?.chat;
	const input = target?.directSend ? { ...given, message: asTapOfTemplate(given.message) } : given;
	const number = simulator.account.phoneNumbers.get(input.phoneNumberId);
	if (!number) throw new NotHere(`There is no phone number ${input.phoneNumberId}`);
	const waId = digitsOf(input.customer);
	if (waId === '') throw new SyntaxError('customer must be a phone number');
	const { customer, isNew } = simulator.customers.ensure(waId);
	if (isNew) simulator.chat.publish('customer', customer);
	const id = newMessageId(waId, 'in');
	const webhookMessage: JsonObject = {
		...contextOf(simulator, number, customer, input),
		...(customer.phoneHidden ? {} : { from: customer.waId }),
		from_user_id: customer.userId,
		id,
		timestamp: String(simulator.clock.nowSeconds()),
		...shapeInbound({ simulator, origin, target: target?.body }, input.message),
	};
	keep(simulator, number, waId, id, input, webhookMessage);
	if (target?.template && input.message.type === 'button') {
		const text = asText(asObject(input.message['button'])?.['text']) ?? '';
		simulator.templates.noteTap({ messageId: target.id, text, isLink: false });
	}
	// As on WhatsApp, messages from blocked customers go nowhere.
	if (number.blocked.includes(waId)) return id;
	publishChange(simulator, {
		businessAccountId: number.businessAccountId,
		phoneNumberId: number.id,
		...(simulator.agentThreads.has(threadKey(number.id, waId))
			? {
					field: 'standby',
					value: standbyValue(
						{ number, customer, timestamp: String(simulator.clock.nowSeconds()) },
						{ messages: [webhookMessage], echoes: [], statuses: [] },
					),
				}
			: {
					field: 'messages',
					value: {
						...messagesValue(number, [webhookContact(customer)]),
						messages: [webhookMessage],
					},
				}),
		traits: {
			event: 'message',
			status: undefined,
			phoneNumberId: number.id,
			recipient: waId,
			operationId: undefined,
			messageType: input.message.type,
		},
	});
	return id;
}

/** A reply names the message that it replies to, and who sent that one. */
function contextOf(
	simulator: Simulator,
	number: PhoneNumber,
	customer: ChatCustomer,
	input: NewChatMessage,
): JsonObject {
	const given = asObject(input.message['context']);
	if (input.contextId === undefined) return given ? { context: given } : {};
	const target = simulator.messages.get(input.contextId);
	const from =
		target?.chat.author === 'customer' ? customer.waId : digitsOf(number.displayPhoneNumber);
	return { context: { ...given, from, id: input.contextId } };
}

function keep(
	simulator: Simulator,
	number: PhoneNumber,
	waId: string,
	id: string,
	input: NewChatMessage,
	body: JsonObject,
): void {
	const { type } = input.message;
	const chat: ChatMessage = {
		id,
		phoneNumberId: number.id,
		customer: waId,
		author: 'customer',
		timestamp: simulator.clock.now(),
		type,
		body,
		contextId: input.contextId ?? null,
		status: null,
		errors: [],
		reactions: { business: null, customer: null },
		template: null,
		directSend: null,
	};
	const hidden = type === 'reaction';
	const stored: StoredMessage = {
		chat,
		operationId: null,
		input: waId,
		endpoint: 'chat',
		groupParticipants: null,
		pricing: null,
		generatedTemplateId: null,
		jobs: [],
		priced: 0,
		rank: 0,
		hidden,
		messageStatus: 'accepted',
	};
	simulator.messages.add(stored);
	if (!hidden) {
		simulator.chat.publish('message', chat);
		return;
	}
	const reaction = asObject(body['reaction']);
	const target = simulator.messages.get(asText(reaction?.['message_id']) ?? '');
	if (!target) return;
	target.chat.reactions.customer = asText(reaction?.['emoji']) ?? null;
	simulator.chat.publish('message', target.chat);
}
