import type { JsonObject } from '../reading/lenientJson';

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
export interface MessageReply {
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
export interface MessagePaymentMethod {
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

export interface MessageLocation {
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

export interface MessageReaction {
	/** ID of the message that was reacted to. */
	messageId: string | null;
	/** `null` where the reaction was taken back. */
	emoji: string | null;
	removed: boolean;
}
