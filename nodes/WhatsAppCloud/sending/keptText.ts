import type { OutgoingMessage, SendResult } from './attempt/outcome';
import { guardedMessage } from './guard/guardedMessage';
import type { Account } from '../graph/account';
import { sealMessage } from '../memory/keptMessage';
import { hasFormOfPassword, messageOfRequest, messageWithoutText } from '../memory/ofRequest';
import { isGroup } from '../values/recipient';

/** What is kept of a message that went to a person; null if nothing is. */
export function keptTextOf(
	message: OutgoingMessage,
	{ outcome, messageId }: SendResult,
	{ keepTexts, appSecret }: Account,
): string | null {
	const { recipient, body, templateText } = message;
	if (!keepTexts || outcome !== 'sent' || isGroup(recipient)) return null;
	const kept = isPassword(message)
		? messageWithoutText(body, messageId)
		: messageOfRequest(body, messageId, templateText);
	return sealMessage(kept, appSecret);
}

/** One-time passwords are for the person alone: no agent may read them, nor whoever reads for it. */
function isPassword(message: OutgoingMessage): boolean {
	const category = guardedMessage(message)?.category ?? null;
	return category === null ? hasFormOfPassword(message.body) : category === 'authentication';
}
