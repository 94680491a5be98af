import type { GuardedMessage } from '../../contacts/rules/situation';
import { categoryOf } from '../../pricing/market/category';
import { isGroup, recipientAddress } from '../../values/recipient';
import { objectOf } from '../../values/unknown';
import type { OutgoingMessage } from '../attempt/outcome';

/**
 * What the rules look at in a message, read from what goes over the wire, so that a message of the
 * user's own and one that Resume found are judged as any other.
 *
 * @returns null for a message to a group, which the rules are not about
 */
export function guardedMessage({
	recipient,
	phoneNumberId,
	endpoint,
	body,
	category: known = null,
}: Pick<
	OutgoingMessage,
	'recipient' | 'phoneNumberId' | 'endpoint' | 'body' | 'category'
>): GuardedMessage | null {
	if (isGroup(recipient)) return null;
	const message = { phoneNumberId, address: recipientAddress(recipient) };
	const { type, category } = body;
	if (type === 'template') {
		const named = endpoint === 'marketing_messages' ? 'marketing' : known;
		return { ...message, kind: 'template', category: named === null ? null : categoryOf(named) };
	}
	const direct = typeof category === 'string' ? categoryOf(category) : null;
	return direct === null || direct === 'service'
		? { ...message, kind: 'freeForm', category: 'service' }
		: { ...message, kind: 'directSend', category: direct };
}

/** The name of the template that a message sends; null if it sends none. */
export function templateNameIn({ body }: Pick<OutgoingMessage, 'body'>): string | null {
	const { name } = objectOf(body['template']);
	return typeof name === 'string' ? name : null;
}
