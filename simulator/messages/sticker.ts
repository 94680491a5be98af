import { checkMediaObject, refuseKey } from './media-object.ts';
import { requireObject } from './rules.ts';
import type { MessageType } from './type.ts';

/** https://developers.facebook.com/docs/whatsapp/cloud-api/messages/sticker-messages */
export const sticker: MessageType = {
	type: 'sticker',
	check(message) {
		const content = requireObject(message.body, 'sticker');
		checkMediaObject(message, content, 'sticker', 'sticker');
		refuseKey(content, 'caption', 'sticker');
		return undefined;
	},
};
