import { checkCaption, checkMediaObject } from './media-object.ts';
import { requireObject } from './rules.ts';
import type { MessageType } from './type.ts';

/** https://developers.facebook.com/docs/whatsapp/cloud-api/messages/video-messages */
export const video: MessageType = {
	type: 'video',
	check(message) {
		const content = requireObject(message.body, 'video');
		checkMediaObject(message, content, 'video', 'video');
		checkCaption(content, 'video');
		return undefined;
	},
};
