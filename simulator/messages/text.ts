import { directSendTextLength } from './direct-send.ts';
import { optionalBoolean, requireObject, requireText } from './rules.ts';
import type { MessageType } from './type.ts';

/** Characters. */
const maxLength = 4096;

/** https://developers.facebook.com/docs/whatsapp/cloud-api/messages/text-messages */
export const text: MessageType = {
	type: 'text',
	check({ body, directSend }) {
		const content = requireObject(body, 'text');
		const max = directSend ? directSendTextLength : maxLength;
		requireText(content, 'body', "text['body']", { max, code: 100 });
		optionalBoolean(content, 'preview_url', "text['preview_url']");
		optionalBoolean(content, 'payment_link_preview', "text['payment_link_preview']");
		return undefined;
	},
};
