/**
 * The contract between the chat page and the simulator's server: everything is under
 * `/_simulator/`, as JSON, without authentication. The page imports nothing else from the server.
 */

/** Any JSON object: message bodies keep the shape they have in Meta's API. */
export type JsonObject = Record<string, unknown>;

export interface ChatPhoneNumber {
	id: string;
	/** As people read it, e.g. `+1 555-010-0001`. */
	displayPhoneNumber: string;
	verifiedName: string;
}

export interface ChatCustomer {
	/** Digits without `+`; also the key of the customer in every path of this contract. */
	waId: string;
	/** Business-scoped user ID, e.g. `US.13491208655302741918`. */
	userId: string;
	username: string | null;
	name: string;
	/** The business sees only the user ID: webhooks carry no phone number. */
	phoneHidden: boolean;
}

type ChatAuthor = 'business' | 'customer';

export type ChatStatus = 'accepted' | 'sent' | 'delivered' | 'read' | 'played' | 'failed';

interface ChatReactions {
	/** Emoji; null if there is none, or no longer one. */
	business: string | null;
	customer: string | null;
}

export interface ChatMessage {
	id: string;
	phoneNumberId: string;
	/** The customer's `waId`; for a group message the group's ID. */
	customer: string;
	author: ChatAuthor;
	/** Milliseconds since 1970. */
	timestamp: number;
	/** Meta's message type, e.g. `text`, `interactive`, `template`. */
	type: string;
	/** Business: body of `POST /messages` as accepted. Customer: the webhook's `messages[]` object. */
	body: JsonObject;
	/** ID of the message that this one replies to. */
	contextId: string | null;
	/** Messages of the customer: null, then `read` once the business has marked them as read. */
	status: ChatStatus | null;
	/** Meta's error objects of a failed status. */
	errors: JsonObject[];
	reactions: ChatReactions;
	/** The stored definition of the template, for template messages of the business. */
	template: JsonObject | null;
	/** Category of a message sent by Direct Send: `utility` or `authentication`. */
	directSend: string | null;
}

export interface ChatConversation {
	phoneNumberId: string;
	/** The customer's `waId`. */
	customer: string;
	/** Oldest first. */
	messages: ChatMessage[];
}

/** Product of a catalog, for the cards of product messages. */
export interface ChatProduct {
	catalogId: string;
	retailerId: string;
	name: string;
	description: string;
	/** As Meta writes it, e.g. `$12.99`. */
	price: string;
	/** ISO 4217. */
	currency: string;
	/** Units of the currency, e.g. 12.99. */
	amount: number;
	imageUrl: string | null;
}

/** Answer of `GET /_simulator/chat/state`. */
export interface ChatState {
	phoneNumbers: ChatPhoneNumber[];
	customers: ChatCustomer[];
	conversations: ChatConversation[];
	/** As the Graph API lists them. */
	templates: JsonObject[];
	products: ChatProduct[];
	/** The simulator's clock, milliseconds since 1970. */
	now: number;
}

/** Data of the event `typing`; it lasts until a reply is sent or 25 s have passed. */
export interface ChatTyping {
	phoneNumberId: string;
	customer: string;
	on: boolean;
}

/** Data of the event `template`. */
export interface ChatTemplate {
	id: string;
	/** As the Graph API shows it; null once it is deleted. */
	template: JsonObject | null;
}

/** Data of each event of `GET /_simulator/chat/events`, by the event's name. */
export interface ChatEvents {
	message: ChatMessage;
	typing: ChatTyping;
	customer: ChatCustomer;
	template: ChatTemplate;
	reset: Record<string, never>;
}

/** Body of `POST /_simulator/chat/customers`; the answer is the customer. */
export interface NewChatCustomer {
	waId?: string;
	name: string;
	username?: string;
	phoneHidden?: boolean;
}

/**
 * Body of `POST /_simulator/chat/messages`; the answer is `{id}`. `message` is the object as in
 * Meta's webhook without `id`, `from`, `timestamp` and `context`, which the server fills in.
 */
export interface NewChatMessage {
	phoneNumberId: string;
	customer: string;
	message: { type: string } & JsonObject;
	contextId?: string;
}

/** Answer of `POST /_simulator/chat/media` (multipart, part `file`). */
export interface ChatMediaUpload {
	id: string;
	mime_type: string;
	sha256: string;
	/** Bytes. */
	file_size: number;
	filename: string;
}
