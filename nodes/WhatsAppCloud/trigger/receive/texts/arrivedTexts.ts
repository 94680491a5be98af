import type { WebhookEvent } from '../../../events/webhookEvent';
import type { Account } from '../../../graph/account';
import { accountKeyOf } from '../../../graph/identifiers';
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
 * business, whichever events were chosen. A whole app's callback gets those of other business accounts
 * as well: their own credentials say whether texts are kept, and for how long.
 *
 * @param now in milliseconds since 1970
 */
export function textsOf(
	events: readonly WebhookEvent[],
	account: Account,
	naming: Naming,
	now: number,
): Texts {
	const texts: Texts = { arrived: [], changed: [] };
	const accountKey = accountKeyOf(account);
	const oldest = now - account.textRetentionDays * dayMs;
	for (const event of events) {
		const found = messageOfEvent(event);
		if (found === null || naming.accountKey(event) !== accountKey) continue;
		const { phoneNumberId, contact } = event;
		const address = addressOf(contact);
		const { author, message } = found;
		const messageId = 'changedId' in found ? found.changedId : found.message.id;
		const at = timeOf(event, now);
		if (!isKey(address) || !isKey(messageId) || !isKey(phoneNumberId) || at < oldest) continue;
		const contactKey = naming.identifierKey(event, address);
		const content = message === null ? null : sealMessage(message, account.appSecret);
		const text = { accountKey, contactKey, phoneNumberId, messageId, author, at };
		if ('changedId' in found || content === null) texts.changed.push({ ...text, content });
		else texts.arrived.push({ ...text, content });
	}
	return texts;
}

/**
 * Meta tells whole seconds, rounded down. Within that second, as late as possible: an answer that
 * went out before came before.
 */
const timeOf = ({ timestamp }: WebhookEvent, now: number): number =>
	timestamp === null ? now : Math.min(now, Date.parse(timestamp) + secondMs - 1);
