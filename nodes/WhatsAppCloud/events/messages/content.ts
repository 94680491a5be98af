import type { MessageExtras } from './messageEvent';
import type { MessageMedia } from './messageParts';
import type { JsonObject } from '../reading/lenientJson';

/** What the type of a message adds to the item. */
export type MessageContent = MessageExtras & {
	/** What a person would read. */
	text: string | null;
	replyId?: string | null;
	media?: MessageMedia;
};

/** Reads one type of message; `body` is the object named after the type. */
export type ContentReader = (body: JsonObject, message: JsonObject) => MessageContent;
