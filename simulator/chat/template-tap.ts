import type { NewChatMessage } from '../chat-contract.ts';
import { asObject, asText } from '../json.ts';

/**
 * A tap on a reply button of a message sent by Direct Send: the business gets it as a tap on a
 * template's quick reply, with the button's ID as payload.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/direct-send/supported-message-types
 */
export function asTapOfTemplate(message: NewChatMessage['message']): NewChatMessage['message'] {
	const interactive = asObject(message['interactive']);
	if (message.type !== 'interactive' || interactive?.['type'] !== 'button_reply') return message;
	const reply = asObject(interactive['button_reply']);
	const payload = asText(reply?.['id']) ?? '';
	return { type: 'button', button: { payload, text: asText(reply?.['title']) ?? payload } };
}
