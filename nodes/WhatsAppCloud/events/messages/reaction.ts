import { readString } from '../reading/lenientJson';
import type { ContentReader } from './content';

/** Meta marks a reaction that was taken back by leaving the emoji out, or empty. */
export const readReaction: ContentReader = (reaction) => {
	const emoji = readString(reaction['emoji']);
	return {
		text: emoji,
		reaction: { messageId: readString(reaction['message_id']), emoji, removed: emoji === null },
	};
};
