import type { ConversationContext } from '../reading/conversationContext';
import type { EventOrigin, EventRaw } from '../reading/eventOrigin';
import type { JsonValue, JsonObject } from '../reading/lenientJson';
import type { EventError } from '../reading/metaErrors';
import type {
	MessageReply,
	FlowAnswer,
	MessageLocation,
	MessageOrder,
	MessagePaymentMethod,
	MessageProduct,
	MessageReaction,
	MessageMedia,
} from './messageParts';

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

/** Where a message belongs in the chat history, for the event `history`. */
export interface HistoryPosition {
	/** 0: the first day, 1: up to 90 days back, 2: up to 180 days back. */
	phase: number | null;
	chunkOrder: number | null;
	/** How much of the synchronisation is done, in percent. */
	progress: number | null;
	/** Status of a message that the business sent. */
	status: string | null;
}

/** What only some types of message have. */
export interface MessageExtras {
	reply?: MessageReply;
	flow?: FlowAnswer;
	location?: MessageLocation;
	/** The shared contacts, with Meta's fields in camel case, completed from the vCard. */
	sharedContacts?: JsonValue[];
	order?: MessageOrder;
	paymentMethod?: MessagePaymentMethod;
	products?: MessageProduct[];
	/** The template of a message that another agent sent, with Meta's fields in camel case. */
	template?: JsonObject;
	/** The call that a voicemail belongs to. */
	callId?: string;
	conversationContext?: ConversationContext;
	reaction?: MessageReaction;
	/** A WhatsApp notice about the person, with Meta's fields in camel case. */
	system?: JsonObject;
	/** What Meta did not pass on: its `type`, such as `poll`. */
	unsupported?: JsonObject;
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
		/** `outbound` for messages sent in the name of the business. */
		direction: 'inbound' | 'outbound';
		/** Phone number of the sender, or the user ID if there is no number. */
		from: string | null;
		/** What a person would read; `null` if there is nothing to read. */
		text: string | null;
		/** ID of the chosen button or row, or the payload of a template button. */
		replyId: string | null;
		media: MessageMedia | null;
		context: MessageContext | null;
	};
