import { withMarkdown } from '../../messages/markdownOption';
import { text } from '../../messages/text';
import { sendOperation } from './send';

export const sendText = sendOperation({
	name: 'Send Text',
	action: 'Send text message',
	description: 'Send a text, with or without a link preview',
	message: withMarkdown(text, ['text']),
});
