import { accountKeyOf, identifierKey, type Account } from '../../graph/account';
import type { Store } from '../../store/store';
import type { WebhookEvent } from '../../events/webhookEvent';
import { updatesOf, type Naming } from './updates';

/**
 * Records what must be remembered from a webhook, whichever events were chosen. Repeating it
 * changes nothing. A status with an operation's ID completes that operation.
 *
 * @throws StateProblem if the store cannot be written
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
 * A whole app's callback gets the webhooks of several business accounts. Each is stored under its
 * own key, where nodes with a credential for it will look.
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
