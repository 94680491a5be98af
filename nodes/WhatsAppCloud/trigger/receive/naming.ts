import type { Account } from '../../graph/account';
import { accountKeyOf, identifierKey } from '../../graph/identifiers';
import type { WebhookEvent } from '../../events/webhookEvent';

/**
 * How the account stores things: under which key, and with people's identifiers plain or hashed.
 */
export interface Naming {
	/**
	 * The account of an event: that of its business account. Of another one than the credential's,
	 * only its own credential says whether texts are kept.
	 */
	owner: (event: WebhookEvent) => Account;
	/** The key of an event's account: that of its business account. */
	accountKey: (event: WebhookEvent) => string;
	/** A phone number (`+` and digits), user ID or group ID in the form in which it is stored. */
	identifierKey: (event: WebhookEvent, identifier: string) => string;
	/** Whether people's names may be stored. */
	keepsNames: boolean;
}

/**
 * A whole app's callback gets the webhooks of several business accounts. Each is stored under its
 * own key, where nodes with a credential for it will look.
 */
export function namingOf(account: Account): Naming {
	const owner = ({ businessAccountId }: WebhookEvent): Account =>
		businessAccountId === null ||
		businessAccountId === account.businessAccountId ||
		!/^\d{1,32}$/.test(businessAccountId) ||
		account.businessAccountId === ''
			? account
			: { ...account, businessAccountId, keepTexts: false };
	return {
		owner,
		accountKey: (event) => accountKeyOf(owner(event)),
		identifierKey: (event, identifier) => identifierKey(owner(event), identifier),
		keepsNames: !account.hashIdentifiers,
	};
}
