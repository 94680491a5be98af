import type { WebhookEvent } from '../../../events/webhookEvent';
import type { Account } from '../../../graph/account';
import { sealMessage } from '../../../memory/keptMessage';
import { messageOfEvent } from '../../../memory/ofEvent';
import type { ArrivedText, ChangedText } from '../../../store/texts/textStore';
import { dayMs, secondMs } from '../../../time/durations';
import { addressOf, isKey } from '../address';
import type { Naming } from '../naming';

/** Messages whose text is kept, and what their authors have changed since. */
interface Texts {
	arrived: ArrivedText[];
	changed: ChangedText[];
}

/**
 * What is kept of a webhook for an account that keeps texts: every message between a person and the
 * business, whichever events were chosen.
 *
 * @param now in milliseconds since 1970
 */
export function textsOf(
	events: readonly WebhookEvent[],
	{ appSecret, textRetentionDays }: Pick<Account, 'appSecret' | 'textRetentionDays'>,
	naming: Naming,
	now: number,
): Texts {
	const texts: Texts = { arrived: [], changed: [] };
	for (const event of events) {
		const found = messageOfEvent(event);
		if (found === null) continue;
		const accountKey = naming.accountKey(event);
		const content = found.message === null ? null : sealMessage(found.message, appSecret);
		if ('changedId' in found) {
			const { changedId: messageId } = found;
			if (isKey(messageId)) texts.changed.push({ accountKey, messageId, content });
			continue;
		}
		const { phoneNumberId, contact } = event;
		const address = addressOf(contact);
		const { id: messageId } = found.message;
		const at = timeOf(event, now);
		const isTooOld = at < now - textRetentionDays * dayMs;
		if (!isKey(address) || !isKey(messageId) || !isKey(phoneNumberId)) continue;
		if (content === null || isTooOld) continue;
		texts.arrived.push({
			accountKey,
			contactKey: naming.identifierKey(event, address),
			phoneNumberId,
			messageId,
			author: found.author,
			content,
			at,
		});
	}
	return texts;
}

/**
 * Meta tells whole seconds, rounded down. Within that second, as late as possible: an answer that
 * went out before came before.
 */
const timeOf = ({ timestamp }: WebhookEvent, now: number): number =>
	timestamp === null ? now : Math.min(now, Date.parse(timestamp) + secondMs - 1);
