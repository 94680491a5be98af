import type { JsonObject } from '../json.ts';
import { asObject, asText } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import type { PhoneNumber, Template } from '../state/account.ts';
import { templateNode } from '../state/account.ts';
import { newMessageId } from '../state/ids.ts';
import type { Pricing, StoredMessage } from '../state/messages.ts';
import { businessMessage } from '../state/messages.ts';
import type { Outcome } from '../webhooks/statuses.ts';
import { scheduleStatuses } from '../webhooks/statuses.ts';
import type { DirectSend } from '../messages/direct-send.ts';
import { pricingOf } from './pricing.ts';
import type { Recipient } from '../messages/recipient.ts';
import { threadKey } from './numbers/thread-control.ts';

/** The customer-service window: a day from the customer's last message. */
const serviceWindowMs = 24 * 3_600_000;

interface Acceptable {
	number: PhoneNumber;
	recipient: Recipient;
	endpoint: 'messages' | 'marketing_messages';
	type: string;
	body: JsonObject;
	template: Template | null;
	/** What Direct Send makes of it; null for all other messages. */
	directSend: { category: DirectSend['category']; templateId: string | null } | null;
	outcome: Outcome;
}

/** Accepts a message: from here on it counts, whatever happens to the answer. */
export function acceptMessage(simulator: Simulator, message: Acceptable): StoredMessage {
	const { number, recipient, type, body, template, directSend } = message;
	const customer = customerKey(simulator, recipient);
	const planned = outcomeOfMessage(simulator, message, customer);
	const pricing = planned.ends === 'failed' ? null : priceOf(simulator, message, customer);
	const outcome = pricing?.billable && !canPay(simulator, number) ? unpaid : planned;
	const operationId = asText(body['biz_opaque_callback_data']) ?? null;
	const stored: StoredMessage = {
		chat: businessMessage({
			id: newMessageId(customer, 'out'),
			phoneNumberId: number.id,
			customer,
			timestamp: simulator.clock.now(),
			type,
			body,
			contextId: asText(asObject(body['context'])?.['message_id']) ?? null,
			template: template ? templateNode(template) : null,
			directSend: directSend?.category ?? null,
		}),
		operationId,
		input: recipient.input,
		endpoint: message.endpoint,
		groupParticipants: recipient.group?.participants ?? null,
		pricing,
		generatedTemplateId: directSend?.templateId ?? null,
		jobs: [],
		priced: 0,
		rank: 0,
		hidden: type === 'reaction',
		messageStatus: 'accepted',
	};
	simulator.messages.add(stored);
	simulator.counters.accepted({
		recipient: customer,
		operationId,
		phoneNumberId: number.id,
		type,
	});
	// Whoever sends takes the conversation.
	simulator.agentThreads.delete(threadKey(number.id, customer));
	applyToOthers(simulator, stored, recipient);
	if (!stored.hidden) {
		simulator.chat.publish('message', stored.chat);
		simulator.typing.stop(simulator.chat, number.id, customer);
	}
	deliver(simulator, stored, template, outcome);
	return stored;
}

/**
 * Schedules the statuses; a message of a template under pacing waits first.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-pacing
 */
function deliver(
	simulator: Simulator,
	stored: StoredMessage,
	template: Template | null,
	outcome: Outcome,
): void {
	const held = template ? simulator.templates.of(template.id).held : null;
	if (held === null) {
		scheduleStatuses(simulator, stored, outcome);
		return;
	}
	stored.messageStatus = 'held_for_quality_assessment';
	held.push({
		deliver: () => scheduleStatuses(simulator, stored, outcome),
		drop: () =>
			scheduleStatuses(simulator, stored, {
				ends: 'failed',
				code: 132015,
				details: 'The template was paused because of its low quality',
			}),
	});
}

/** The conversation's key; whoever is written to for the first time becomes a customer. */
function customerKey(simulator: Simulator, recipient: Recipient): string {
	if (recipient.group || recipient.key.includes('.')) return recipient.key;
	const { customer, isNew } = simulator.customers.ensure(recipient.key);
	if (isNew) simulator.chat.publish('customer', customer);
	return customer.waId;
}

function windowIsOpen(simulator: Simulator, phoneNumberId: string, customer: string): boolean {
	const lastMs = simulator.messages.lastInboundMs(phoneNumberId, customer);
	return lastMs !== undefined && simulator.clock.now() - lastMs < serviceWindowMs;
}

function outcomeOfMessage(simulator: Simulator, message: Acceptable, customer: string): Outcome {
	const { number, recipient, type, outcome, directSend } = message;
	// Only a known customer can be reached by user ID.
	if (recipient.byUserId && !simulator.customers.byUserId(recipient.input)) {
		return { ends: 'failed', code: 131026, details: 'There is no user with this ID' };
	}
	const free =
		type === 'template' || recipient.group !== null || directSend?.category === 'utility';
	// Codes go by Direct Send only to those who have written first, whatever the settings say.
	const bound = simulator.settings.enforceServiceWindow || directSend !== null;
	if (bound && !free && !windowIsOpen(simulator, number.id, customer)) {
		return {
			ends: 'failed',
			code: 131047,
			details:
				'Message failed to send because more than 24 hours have passed since the customer last replied to this number.',
		};
	}
	if (type === 'reaction' && outcome.ends !== 'failed') return { ends: 'sent' };
	return outcome;
}

/** The outcome of a message that costs money when nobody pays. */
const unpaid: Outcome = {
	ends: 'failed',
	code: 131042,
	details: 'There is no payment method on this account',
};

function canPay({ account }: Simulator, number: PhoneNumber): boolean {
	return account.businessAccounts.get(number.businessAccountId)?.hasPaymentMethod ?? true;
}

/** The price category of the message. */
function priceOf(simulator: Simulator, message: Acceptable, customer: string): Pricing | null {
	const { number, recipient, template, type, endpoint, directSend } = message;
	return pricingOf(simulator, {
		number,
		customer,
		isGroup: recipient.group !== null,
		type,
		endpoint,
		template,
		directCategory: directSend?.category ?? null,
		windowIsOpen: windowIsOpen(simulator, number.id, customer),
	});
}

/** Reactions and pins change other messages; orders are remembered. */
function applyToOthers(simulator: Simulator, stored: StoredMessage, recipient: Recipient): void {
	const { type, body } = stored.chat;
	if (type === 'reaction') {
		const reaction = asObject(body['reaction']);
		const target = simulator.messages.get(asText(reaction?.['message_id']) ?? '');
		if (!target) return;
		target.chat.reactions.business = asText(reaction?.['emoji']) ?? null;
		simulator.chat.publish('message', target.chat);
	}
	if (type === 'interactive') {
		const interactive = asObject(body['interactive']);
		const parameters = asObject(asObject(interactive?.['action'])?.['parameters']);
		const referenceId = asText(parameters?.['reference_id']);
		if (interactive?.['type'] === 'order_details' && referenceId !== undefined) {
			simulator.messages.addOrder(stored.chat.phoneNumberId, referenceId);
		}
	}
	if (type === 'pin' && recipient.group) {
		const pin = asObject(body['pin']);
		const messageId = asText(pin?.['message_id']) ?? '';
		const others = recipient.group.pinned.filter((id) => id !== messageId);
		recipient.group.pinned = pin?.['type'] === 'pin' ? [...others, messageId] : others;
	}
}
