import type { GraphRequest } from '../graphRequest';

/**
 * The call that shows blue ticks for an incoming message and all earlier ones in the conversation.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/mark-message-as-read
 *
 * @param phoneNumberId the number that received the message
 * @param showTyping also shows that an answer is being typed, until it is sent or for 25 seconds
 */
export const readReceipt = (
	phoneNumberId: string,
	messageId: string,
	showTyping: boolean,
): GraphRequest => ({
	method: 'POST',
	node: phoneNumberId,
	edge: 'messages',
	json: {
		messaging_product: 'whatsapp',
		status: 'read',
		message_id: messageId,
		...(showTyping ? { typing_indicator: { type: 'text' } } : {}),
	},
});
