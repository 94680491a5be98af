import { textIdOf } from '../store/texts/textId';
import type { KeptText, TextAuthor } from '../store/texts/textStore';
import { isFile, lineOf, openMessage, type KeptMessage } from './keptMessage';

/** A message as it is read again. */
export interface RememberedMessage {
	author: TextAuthor;
	message: KeptMessage;
	/** The message as one text. */
	line: string;
	/** In milliseconds since 1970. */
	at: number;
}

/** What the present execution is about, which a memory leaves out. */
export interface Present {
	/** The execution whose own messages are left out; null: none. */
	executionId: string | null;
	/** IDs of the messages that it answers, or has been started by. */
	messageIds: readonly string[];
}

/** Nothing is left out. */
export const noPresent: Present = { executionId: null, messageIds: [] };

/** Messages of a person, and how many of them cannot be read. */
export interface History {
	messages: RememberedMessage[];
	/** Encrypted under another app secret. */
	unreadable: number;
}

/**
 * The newest of the kept messages, oldest first, without what belongs to the present: what is being
 * answered, and what the person has written since, which another execution answers. Where the
 * execution's own messages are wanted, only what is being answered is left out.
 *
 * @param texts oldest first
 */
export function historyOf(
	texts: readonly KeptText[],
	present: Present,
	{ appSecret, limit, includesFiles }: { appSecret: string; limit: number; includesFiles: boolean },
): History {
	const answered = new Set(present.messageIds.map(textIdOf));
	const first = texts.findIndex(({ textId }) => answered.has(textId));
	const leavesOutLater = present.executionId !== null && first !== -1;
	const isPast = ({ textId, author, executionId }: KeptText, index: number): boolean =>
		!answered.has(textId) &&
		!(leavesOutLater && author === 'contact' && index > first) &&
		(executionId === null || executionId !== present.executionId);

	let unreadable = 0;
	const messages = texts.filter(isPast).flatMap(({ author, content, at }): RememberedMessage[] => {
		const message = openMessage(content, appSecret);
		if (message === null) unreadable++;
		if (message === null || (!includesFiles && isFile(message))) return [];
		return [{ author, message, line: lineOf(message), at }];
	});
	return { messages: messages.slice(-limit), unreadable };
}
