import type { JsonObject } from '../reading/lenientJson';

/** https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media */
export interface MessageMedia {
	/** Media ID, for the download; Meta keeps webhook media for 7 days. */
	id: string | null;
	type: 'audio' | 'document' | 'image' | 'sticker' | 'video';
	mimeType: string | null;
	/** SHA-256 of the file, in Base64. */
	sha256: string | null;
	filename: string | null;
	caption: string | null;
	/** Download address, valid for 5 minutes and only with the access token. */
	url: string | null;
	/** Recorded in the chat rather than sent as a file. */
	voice: boolean;
	/** An animated sticker. */
	animated: boolean;
	/** With the option "Download Media": the binary field that holds the file. */
	outputField?: string;
	/** With the option "Download Media": why there is no file. */
	problem?: string;
}

/** A choice from what was offered. */
export interface MessageReply {
	/** `button_reply`, `list_reply`, `button` (of a template), or whatever Meta adds. */
	type: string;
	id: string | null;
	title: string | null;
	description: string | null;
}

/** The answers of a completed Flow. */
export interface FlowAnswer {
	name: string | null;
	/** The `flow_token` that the Flow was sent with. */
	token: string | null;
	/** The answers without the token; `null` if Meta sent no JSON object. */
	answers: JsonObject | null;
	/** The answers as text, exactly as Meta sent them. */
	json: string | null;
}

/** How somebody paid for an order, from the interactive answer `payment_method`. */
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
		/** Unit price, in units of the currency. */
		price: number | null;
		currency: string | null;
	}[];
}

export interface MessageReaction {
	/** ID of the message that was reacted to. */
	messageId: string | null;
	/** `null` if the reaction was removed. */
	emoji: string | null;
	removed: boolean;
}
