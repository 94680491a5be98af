import { optionalBoolean, requireObject, requireText } from './rules.ts';
import type { MessageType } from './type.ts';

/** https://developers.facebook.com/docs/whatsapp/cloud-api/messages/text-messages */
export const text: MessageType = {
	type: 'text',
	check({ body }) {
		const content = requireObject(body, 'text');
		requireText(content, 'body', "text['body']", { max: 4096, code: 100 });
		optionalBoolean(content, 'preview_url', "text['preview_url']");
		return undefined;
	},
};
