import { createHmac } from 'node:crypto';

import type { WebhookEvent } from './webhookEvent';
import type { PaymentEvent } from './statuses/paymentEvent';
import type { StatusEvent } from './statuses/statusEvent';
import type { MessageEvent } from './messages/messageEvent';
import type { EventContact } from './reading/eventOrigin';
import { ACCOUNT_NOTICES } from './notices/noticeTypes';

/**
 * Copies an event without the person's words and identity: contact IDs become keyed hashes, the
 * same for the same person, and everything that people wrote is left out. Message IDs stay, since
 * answers need them; they contain the phone number in encoded form.
 *
 * @param secret The key of the hashes. There are so few phone numbers that a hash without a key
 * could be reversed by guessing.
 */
export function redactor(secret: string): (event: WebhookEvent) => WebhookEvent {
	const hash = (value: string | null): string | null =>
		value === null
			? null
			: createHmac('sha256', secret).update(`contact:${value}`).digest('hex').slice(0, 32);

	const redactContact = ({
		waId,
		userId,
		parentUserId,
		countryCode,
	}: EventContact): EventContact => ({
		id: hash(userId ?? waId),
		waId: hash(waId),
		userId: hash(userId),
		parentUserId: hash(parentUserId),
		username: null,
		name: null,
		countryCode,
		identityKeyHash: null,
	});

	return (event) => {
		const common = { contact: redactContact(event.contact), raw: null };
		if ('direction' in event) return { ...redactMessage(event, hash), ...common };
		if ('status' in event) return { ...redactStatus(event, hash), ...common };
		if ('payment' in event) return { ...redactPayment(event, hash), ...common };
		if (event.event === 'other' || event.event === 'standby') return { ...event, ...common };
		return ACCOUNT_NOTICES.has(event.event)
			? { ...event, raw: null }
			: { ...event, ...common, text: '', details: {} };
	};
}

type Hash = (value: string | null) => string | null;

/** Copies only what may stay, so that fields added to messages later do not leak. */
function redactMessage(event: MessageEvent, hash: Hash): MessageEvent {
	const { media, context, reaction, reply, originalMessageId, groupId, history, callId } = event;
	return {
		event: event.event,
		type: event.type,
		id: event.id,
		timestamp: event.timestamp,
		businessAccountId: event.businessAccountId,
		phoneNumberId: event.phoneNumberId,
		displayPhoneNumber: event.displayPhoneNumber,
		contact: event.contact,
		direction: event.direction,
		from: event.direction === 'inbound' ? hash(event.from) : event.from,
		text: null,
		// The chosen payment method identifies the person.
		replyId: event.paymentMethod === undefined ? event.replyId : null,
		media: media === null ? null : { ...media, caption: null, filename: null, url: null },
		context: context === null ? null : { ...context, from: hash(context.from) },
		...(reaction === undefined ? {} : { reaction: { ...reaction, emoji: null } }),
		...(reply === undefined || event.paymentMethod !== undefined
			? {}
			: { reply: { ...reply, title: null, description: null } }),
		...(originalMessageId === undefined ? {} : { originalMessageId }),
		...(groupId === undefined ? {} : { groupId }),
		...(history === undefined ? {} : { history }),
		...(callId === undefined ? {} : { callId }),
		raw: null,
	};
}

function redactStatus(event: StatusEvent, hash: Hash): StatusEvent {
	return {
		...event,
		recipient: event.groupId === null ? hash(event.recipient) : event.recipient,
		errors: event.errors.map((error) => ({ ...error, details: null })),
	};
}

/** Order and amount stay: they are the business's own. */
function redactPayment(event: PaymentEvent, hash: Hash): PaymentEvent {
	const { transaction } = event.payment;
	return {
		...event,
		recipient: hash(event.recipient),
		payment: {
			...event.payment,
			transaction: transaction === null ? null : { ...transaction, error: null },
			details: {},
		},
	};
}
