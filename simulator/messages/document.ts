import { checkCaption, checkFilename, checkMediaObject } from './media-object.ts';
import { requireObject } from './rules.ts';
import type { MessageType } from './type.ts';

/** https://developers.facebook.com/docs/whatsapp/cloud-api/messages/document-messages */
export const document: MessageType = {
	type: 'document',
	check(message) {
		const content = requireObject(message.body, 'document');
		checkMediaObject(message, content, 'document', 'document');
		checkCaption(content, 'document');
		checkFilename(content, 'document');
		return undefined;
	},
};
