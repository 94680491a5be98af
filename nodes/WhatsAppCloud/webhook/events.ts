import type { JsonValue } from './json';

/**
 * The items of the trigger, documented field by field in docs/events.md. These are type aliases,
 * not interfaces, so that each is assignable to the JSON of an n8n item.
 */

/** The person at the other end. */
export type EventContact = {
	/** `userId`, or `waId` where Meta sends no user ID: the key to remember a contact by. */
	id: string | null;
	/** Phone number, digits only; Meta may leave it out for people with a username. */
	waId: string | null;
	/** Business-scoped user ID, such as `US.13491208655302741918`. */
	userId: string | null;
	username: string | null;
	/** Name of the WhatsApp profile, chosen by the person. */
	name: string | null;
};

/** What every item starts with. */
export type EventOrigin = {
	/** ISO 8601 in UTC; `null` where Meta sends no readable time. */
	timestamp: string | null;
	businessAccountId: string | null;
	phoneNumberId: string | null;
	displayPhoneNumber: string | null;
	contact: EventContact;
	/** The part of the webhook that this item was made from, as Meta sent it. */
	raw: JsonValue;
};

/** An error of Meta's, in a failed status or an unsupported message. */
export type EventError = {
	code: number | null;
	title: string | null;
	message: string | null;
	details: string | null;
};

/** What a message answers, or where it comes from. */
export type MessageContext = {
	/** ID of the message that this one replies to. */
	messageId: string | null;
	/** Sender of that message. */
	from: string | null;
	forwarded: boolean;
	frequentlyForwarded: boolean;
};

export type MessageEvent = EventOrigin & {
	event: 'message';
	type: string;
	id: string | null;
	/** Phone number of the sender, or the user ID where there is no number. */
	from: string | null;
	text: string | null;
	context: MessageContext | null;
};

/** https://developers.facebook.com/docs/whatsapp/pricing */
export type StatusPricing = {
	billable: boolean | null;
	model: string | null;
	type: string | null;
	category: string | null;
};

export type StatusEvent = EventOrigin & {
	event: 'status';
	/** The same as `status`. */
	type: string;
	/** ID of the message that the status is about. */
	id: string | null;
	status: string;
	/** Phone number of the recipient, the user ID where there is no number, or the group ID. */
	recipient: string | null;
	errors: EventError[];
	pricing: StatusPricing | null;
	/** `biz_opaque_callback_data` of the send. */
	callbackData: string | null;
};

export type OtherEvent = EventOrigin & {
	event: 'other';
	type: string;
	id: string | null;
};

export type WebhookEvent = MessageEvent | StatusEvent | OtherEvent;
