import { readString } from '../reading/lenientJson';
import type { ContentReader } from './content';

/** For a removed reaction, Meta sends no emoji or an empty one. */
export const readReaction: ContentReader = (reaction) => {
	const emoji = readString(reaction['emoji']);
	return {
		text: emoji,
		reaction: { messageId: readString(reaction['message_id']), emoji, removed: emoji === null },
	};
};
