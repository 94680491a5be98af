import type { OutgoingMessage, SendResult } from './attempt/outcome';
import type { Account } from '../graph/account';
import { sealMessage } from '../memory/keptMessage';
import { messageOfRequest } from '../memory/ofRequest';

/** What is kept of a message that went to a person; null if nothing is. */
export function keptTextOf(
	{ recipient, body, templateText }: OutgoingMessage,
	{ outcome, messageId }: SendResult,
	{ keepTexts, appSecret }: Account,
): string | null {
	if (!keepTexts || outcome !== 'sent' || 'recipient_type' in recipient) return null;
	return sealMessage(messageOfRequest(body, messageId, templateText), appSecret);
}
