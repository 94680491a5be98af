import { accountKeyOf, identifierKey, type Account } from '../../graph/account';
import type { Store } from '../../store/store';
import type { WebhookEvent } from '../../events/webhookEvent';
import { updatesOf, type Naming } from './updates';

/**
 * Writes down what has to be remembered of a webhook, whichever events were chosen. Doing it again
 * changes nothing. A status with the ID of an operation settles that.
 *
 * @throws StateProblem when the store cannot be written
 */
export async function recordUpdates(
	store: Pick<Store, 'statuses' | 'contacts'>,
	account: Account,
	events: readonly WebhookEvent[],
	now: number,
): Promise<void> {
	const { statuses, contacts, links } = updatesOf(events, namingOf(account), now);
	await Promise.all([
		statuses.length > 0 && store.statuses.record(statuses, now),
		contacts.length > 0 && store.contacts.record(contacts, now),
		links.length > 0 && store.contacts.link(links, now),
	]);
}

/**
 * The callback of a whole app gets the webhooks of several business accounts. Each is kept under
 * its own name, where nodes with a credential for it look.
 */
function namingOf(account: Account): Naming {
	const ownerOf = ({ businessAccountId }: WebhookEvent): Account =>
		businessAccountId === null ||
		!/^\d{1,32}$/.test(businessAccountId) ||
		account.businessAccountId === ''
			? account
			: { ...account, businessAccountId };
	return {
		accountKey: (event) => accountKeyOf(ownerOf(event)),
		identifierKey: (event, identifier) => identifierKey(ownerOf(event), identifier),
		keepsNames: !account.hashIdentifiers,
	};
}
