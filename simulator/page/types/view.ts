/** What a message type's file has to offer, and what it may use. */

import type { ChatMessage, JsonObject } from '../../chat-contract.ts';
import type { ConversationKey, ChatStore } from '../data/store.ts';
import type { Child } from '../dom/element.ts';

/** Message of the customer as the server takes it. */
type OutgoingMessage = { type: string } & JsonObject;

/** The conversation that a message is drawn in. */
export interface Chat {
	readonly key: ConversationKey;
	readonly store: ChatStore;
	/** Pane of the conversation; sheets rise over it. */
	readonly host: HTMLElement;
	/** Sends as the customer; false (after a notice) where the server refused. */
	send: (message: OutgoingMessage, contextId?: string) => Promise<boolean>;
}

export interface Drawing {
	/** Inside of the bubble. */
	content: Child[];
	/** Buttons at the foot of the bubble, one below the other. */
	buttons?: HTMLElement[];
	/** Row under the bubble over the width of the conversation, for cards. */
	strip?: HTMLElement;
	/** `media`: content reaches to the bubble's edge; `none`: no bubble at all. */
	frame?: 'bubble' | 'media' | 'none';
	/** `inline`: the time stands beside the last line; `overlay`: upon the picture. */
	time?: 'inline' | 'line' | 'overlay';
}

export interface MessageView {
	draw: (message: ChatMessage, chat: Chat) => Drawing;
	/** One line for the list of conversations and for quotes. */
	summary: (message: ChatMessage) => string;
}
