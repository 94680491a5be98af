/** What the file of a message type provides, and what it may use. */

import type { ChatMessage, JsonObject } from '../../chat-contract.ts';
import type { ConversationKey, ChatStore } from '../data/store.ts';
import type { Child } from '../dom/element.ts';

/** A customer's message as the server accepts it. */
type OutgoingMessage = { type: string } & JsonObject;

/** The conversation that a message is drawn in. */
export interface Chat {
	readonly key: ConversationKey;
	readonly store: ChatStore;
	/** Pane of the conversation; sheets open over it. */
	readonly host: HTMLElement;
	/** Sends as the customer; false, after a notice, if the server refuses. */
	send: (message: OutgoingMessage, contextId?: string) => Promise<boolean>;
}

export interface Drawing {
	/** Content of the bubble. */
	content: Child[];
	/** Buttons at the bottom of the bubble, one below the other. */
	buttons?: HTMLElement[];
	/** Row of cards below the bubble, as wide as the conversation. */
	strip?: HTMLElement;
	/** `media`: content reaches the bubble's edge; `none`: no bubble at all. */
	frame?: 'bubble' | 'media' | 'none';
	/** `inline`: the time is beside the last line; `overlay`: it is on the image. */
	time?: 'inline' | 'line' | 'overlay';
}

export interface MessageView {
	draw: (message: ChatMessage, chat: Chat) => Drawing;
	/** The message in one line, for the list of conversations and for quotes. */
	summary: (message: ChatMessage) => string;
}
