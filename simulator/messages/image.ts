import { checkCaption, checkMediaObject } from './media-object.ts';
import { requireObject } from './rules.ts';
import type { MessageType } from './type.ts';

/** https://developers.facebook.com/docs/whatsapp/cloud-api/messages/image-messages */
export const image: MessageType = {
	type: 'image',
	check(message) {
		const content = requireObject(message.body, 'image');
		checkMediaObject(message, content, 'image', 'image');
		checkCaption(content, 'image');
		return undefined;
	},
};
