import { createHash, createHmac } from 'node:crypto';
import type { Account } from './account';

/** How hashed identifiers begin. */
const hashPrefix = 'hmac:';

/**
 * The account's key in the store. Nodes and triggers of one business account share the data under
 * it, whichever credential they use.
 */
export function accountKeyOf({ businessAccountId, appId, phoneNumberId }: Account): string {
	if (businessAccountId !== '') return businessAccountId;
	return appId === '' ? `number-${phoneNumberId}` : `app-${appId}`;
}

/**
 * A recipient or contact as the account stores it: unchanged, or as HMAC-SHA-256 keyed with the app
 * secret. A hash without a key would hide nothing: trying every phone number takes minutes. All
 * sends and triggers of an app share its secret, so their hashes match; `parseAccount` rejects
 * hashing without a secret.
 */
export function identifierKey(account: Account, identifier: string): string {
	return account.hashIdentifiers ? keyedHash(account, identifier) : identifier;
}

function keyedHash(account: Account, identifier: string): string {
	// The secret also signs webhooks; the first part keeps the two uses apart.
	const named = JSON.stringify(['identifier', accountKeyOf(account), identifier]);
	const hash = createHmac('sha256', account.appSecret).update(named).digest('hex');
	return `${hashPrefix}${hash.slice(0, 40)}`;
}

/**
 * The mark by which an erased person is recognised: a keyed hash, also where the account keeps
 * identifiers unchanged.
 *
 * @param key an identifier as the account stores it
 */
export const markOf = (account: Account, key: string): string =>
	key.startsWith(hashPrefix) ? key : keyedHash(account, key);

/**
 * How the account hashes a message's content, including the recipient: with SHA-256, keyed with the
 * app secret if recipients are to be hashed. Otherwise, anyone who knows a message's text could try
 * every phone number in it.
 */
export function contentHashOf(account: Account): (content: string) => string {
	if (!account.hashIdentifiers) {
		return (content) => createHash('sha256').update(content).digest('hex');
	}
	const named = JSON.stringify(['content', accountKeyOf(account)]);
	return (content) =>
		createHmac('sha256', account.appSecret).update(named).update(content).digest('hex');
}
