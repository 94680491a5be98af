import { readObject, readString, type JsonObject } from '../reading/lenientJson';
import type { ContentReader, MessageContent } from './content';

/** An edited message reads as its new content. */
export function editReader(readInner: (message: JsonObject) => MessageContent): ContentReader {
	return (edit) => {
		const inner = readObject(edit['message']);
		return {
			...(inner === null ? { text: null } : readInner(inner)),
			originalMessageId: readString(edit['original_message_id']),
		};
	};
}

/** A message that was deleted for everyone. */
export const readRevoke: ContentReader = (revoke) => ({
	text: null,
	originalMessageId: readString(revoke['original_message_id']),
});
