import type { ErrorClass } from '../graph/errors/errorClass';
import type { JsonObject, JsonValue } from './lenientJson';
import type { NoticeDetails, NoticeName } from './notices/noticeTypes';

/**
 * The items of the trigger, documented field by field in docs/events.md. These are type aliases,
 * not interfaces, so that each is assignable to the JSON of an n8n item.
 */

/** The person at the other end. */
export interface EventContact {
	/** `userId`, or `waId` where Meta sends no user ID: the key to remember a contact by. */
	id: string | null;
	/** Phone number, digits only; Meta may leave it out for people with a username. */
	waId: string | null;
	/** Business-scoped user ID, such as `US.13491208655302741918`. */
	userId: string | null;
	/** User ID over all portfolios of a parent business, such as `US.ENT.11815799212886844830`. */
	parentUserId: string | null;
	username: string | null;
	/** Name of the WhatsApp profile, chosen by the person. */
	name: string | null;
	/** Country of the profile, such as `US`. */
	countryCode: string | null;
	/** Changes with the person's device; Meta sends it where the number checks for that. */
	identityKeyHash: string | null;
}

/** What every item holds. */
export interface EventOrigin {
	/** ISO 8601 in UTC; `null` where Meta sends no readable time. */
	timestamp: string | null;
	businessAccountId: string | null;
	phoneNumberId: string | null;
	displayPhoneNumber: string | null;
	contact: EventContact;
}

/** The part of the webhook that an item was made from, as Meta sent it. */
interface EventRaw {
	raw: JsonValue;
}

/** An error of Meta's, in a failed status or an unsupported message. */
export interface EventError {
	code: number | null;
	title: string | null;
	message: string | null;
	details: string | null;
	/** What kind of trouble it is, from the catalogue of errors; `null` without a code. */
	class: ErrorClass | null;
	/** What to do about it, from the catalogue of errors. */
	advice: string | null;
}

/** What a message answers, or where it comes from. */
export interface MessageContext {
	/** ID of the message that this one replies to. */
	messageId: string | null;
	/** Sender of that message. */
	from: string | null;
	forwarded: boolean;
	/** Forwarded more than five times. */
	frequentlyForwarded: boolean;
	/** The product that the person asks about. */
	product: { catalogId: string | null; productRetailerId: string | null } | null;
}

/** https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media */
export interface MessageMedia {
	/** Media ID, to download it by; Meta keeps media of webhooks for 7 days. */
	id: string | null;
	type: 'audio' | 'document' | 'image' | 'sticker' | 'video';
	mimeType: string | null;
	/** SHA-256 of the file, in Base64. */
	sha256: string | null;
	filename: string | null;
	caption: string | null;
	/** Download address, good for 5 minutes and with the access token only. */
	url: string | null;
	/** Recorded in the chat rather than sent as a file. */
	voice: boolean;
	/** A moving sticker. */
	animated: boolean;
	/** With the option "Download Media": the binary field that holds the file. */
	outputField?: string;
	/** With the option "Download Media": why there is no file. */
	problem?: string;
}

/** A choice out of what was offered. */
interface MessageReply {
	/** `button_reply`, `list_reply`, `button` (of a template) or whatever Meta adds. */
	type: string;
	id: string | null;
	title: string | null;
	description: string | null;
}

/** The answers of a completed Flow. */
export interface FlowAnswer {
	name: string | null;
	/** `flow_token` of the answers: what the Flow was sent with. */
	token: string | null;
	/** The answers without the token; `null` where Meta sent no JSON object. */
	answers: JsonObject | null;
	/** The answers as the text that Meta sent. */
	json: string | null;
}

/** How somebody has paid an order, by the interactive answer `payment_method`. */
interface MessagePaymentMethod {
	/** `credit_card`, `pix`, … */
	method: string | null;
	/** ISO 8601 in UTC. */
	timestamp: string | null;
	/** Of the order. */
	referenceId: string | null;
	lastFourDigits: string | null;
	credentialId: string | null;
}

/** A product that somebody shares or asks about. */
export interface MessageProduct {
	catalogId: string | null;
	productRetailerId: string | null;
	name: string | null;
}

/** What was said before another agent took or passed the conversation. */
export interface ConversationContext {
	/** `summary` or `history`. */
	type: string | null;
	/** The summary, or the history with a line for each message. */
	text: string | null;
	/** Meta's fields in camel case. */
	details: JsonObject;
}

interface MessageLocation {
	latitude: number | null;
	longitude: number | null;
	name: string | null;
	address: string | null;
	url: string | null;
}

export interface MessageOrder {
	catalogId: string | null;
	text: string | null;
	items: {
		productRetailerId: string | null;
		quantity: number | null;
		/** Price of one, in units of the currency. */
		price: number | null;
		currency: string | null;
	}[];
}

interface MessageReaction {
	/** ID of the message that was reacted to. */
	messageId: string | null;
	/** `null` where the reaction was taken back. */
	emoji: string | null;
	removed: boolean;
}

/** Where in the chat history a message stands, for the event `history`. */
export interface HistoryPosition {
	/** 0: the first day, 1: up to 90 days back, 2: up to 180 days back. */
	phase: number | null;
	chunkOrder: number | null;
	/** Percent of the synchronisation that is done. */
	progress: number | null;
	/** Status of a message that the business had sent. */
	status: string | null;
}

/** What only some types of message have. */
export interface MessageExtras {
	reply?: MessageReply;
	flow?: FlowAnswer;
	location?: MessageLocation;
	/** The shared contacts, with Meta's fields in camel case; what only a vCard tells among them. */
	sharedContacts?: JsonValue[];
	order?: MessageOrder;
	paymentMethod?: MessagePaymentMethod;
	products?: MessageProduct[];
	/** The template of a message that another agent has sent, with Meta's fields in camel case. */
	template?: JsonObject;
	/** The call that a voicemail belongs to. */
	callId?: string;
	conversationContext?: ConversationContext;
	reaction?: MessageReaction;
	/** A notice of WhatsApp about the person, with Meta's fields in camel case. */
	system?: JsonObject;
	/** Answer to a request for permission to call, with Meta's fields in camel case. */
	callPermission?: JsonObject;
	/** ID of the message that was edited or deleted. */
	originalMessageId?: string | null;
	/** The ad or post that the person came from, with Meta's fields in camel case. */
	referral?: JsonObject;
	/** Why Meta could not deliver the content. */
	errors?: EventError[];
	groupId?: string | null;
	history?: HistoryPosition;
}

export type MessageEventName = 'message' | 'history' | 'smb_message_echoes' | 'standby';

export type MessageEvent<Name extends MessageEventName = MessageEventName> = EventOrigin &
	EventRaw &
	MessageExtras & {
		event: Name;
		/** Meta's type: `text`, `image`, `interactive`, … */
		type: string;
		id: string | null;
		/** `outbound` for messages that were sent in the name of the business. */
		direction: 'inbound' | 'outbound';
		/** Phone number of the sender, or the user ID where there is no number. */
		from: string | null;
		/** What a person would read; `null` where there is nothing to read. */
		text: string | null;
		/** ID of the button or row that was chosen, or the payload of a template button. */
		replyId: string | null;
		media: MessageMedia | null;
		context: MessageContext | null;
	};

/** https://developers.facebook.com/docs/whatsapp/pricing */
export interface StatusPricing {
	billable: boolean | null;
	/** `PMP` (per message) or, before July 2025, `CBP`. */
	model: string | null;
	/** `regular`, `free_customer_service` or `free_entry_point`. */
	type: string | null;
	category: string | null;
	/** What the message has cost, where Meta says so: for templates with a maximum price. */
	cost?: { amount: number | null; currency: string | null };
}

export type StatusEvent<Name extends 'status' | 'standby' = 'status' | 'standby'> = EventOrigin &
	EventRaw & {
		event: Name;
		/** The same as `status`. */
		type: string;
		/** ID of the message that the status is about. */
		id: string | null;
		/** `sent`, `delivered`, `read`, `played`, `failed` or whatever Meta adds. */
		status: string;
		/** Phone number of the recipient, the user ID where there is no number, or the group ID. */
		recipient: string | null;
		errors: EventError[];
		pricing: StatusPricing | null;
		conversation: {
			id: string | null;
			originType: string | null;
			/** ISO 8601 in UTC. */
			expiration: string | null;
		} | null;
		/** `biz_opaque_callback_data` of the send. */
		callbackData: string | null;
		/** The template that Meta has made of a message sent directly, outside the window. */
		templateId: string | null;
		groupId: string | null;
	};

/** An amount of money. */
export interface PaymentAmount {
	/** In units of the currency. */
	value: number | null;
	/** ISO 4217. */
	currency: string | null;
}

/**
 * What became of the payment of an order. Meta sends it among the statuses of messages, which it is
 * none of.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/payments/payments-in/pg
 */
export type PaymentEvent<Name extends 'payment' | 'standby' = 'payment' | 'standby'> = EventOrigin &
	EventRaw & {
		event: Name;
		/** `captured`, `pending`, `failed`, … */
		type: string;
		/** ID of the message that asked for the payment. */
		id: string | null;
		/** Phone number of the person, or the user ID where there is no number. */
		recipient: string | null;
		/** One line for people. */
		text: string;
		payment: {
			/** The same as `type`. */
			status: string;
			/** Of the order. */
			referenceId: string | null;
			amount: PaymentAmount | null;
			transaction: {
				id: string | null;
				/** Of the attempt to pay: `success`, `failed`, … */
				status: string | null;
				/** The payment service: `razorpay`, `payu`, … */
				type: string | null;
				/** `upi`, `card`, … */
				method: string | null;
				amount: PaymentAmount | null;
				error: JsonObject | null;
			} | null;
			/** Meta's fields in camel case, with receipts, notes and refunds. */
			details: JsonObject;
		};
	};

/** Anything that happened besides messages and their statuses. */
export type NoticeEvent<Name extends NoticeName = NoticeName> = Name extends NoticeName
	? EventOrigin &
			EventRaw & {
				event: Name;
				/** What kind of it: `APPROVED`, `connect`, … ; the event's name where there are no kinds. */
				type: string;
				id: string | null;
				/** One line for people. */
				text: string;
				/** Meta's fields in camel case. */
				details: NoticeDetails[Name] & JsonObject;
			}
	: never;

/** What the trigger does not know, whole. */
export type OtherEvent = EventOrigin &
	EventRaw & {
		event: 'other';
		/** The name of the field, or the type of a part of it. */
		type: string;
		id: string | null;
	};

/** What has no reading of its own in a conversation that another agent handles, whole. */
export type StandbyRest = EventOrigin &
	EventRaw & {
		event: 'standby';
		/** The name of the list or of the field. */
		type: string;
		id: string | null;
	};

export type WebhookEvent =
	MessageEvent | StatusEvent | PaymentEvent | NoticeEvent | StandbyRest | OtherEvent;

/** Values of the parameter "Events". */
export type EventName = WebhookEvent['event'];
