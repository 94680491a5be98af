import type { Account } from '../../graph/account';
import { accountKeyOf, identifierKey } from '../../graph/identifiers';
import { freeEntryAt, type FreeEntry } from '../../pricing/entryPoint';
import { openAccountStore } from '../../store/accountStore';

/** Whom a message goes to, and from which number. */
interface Conversation {
	address: string | null;
	phoneNumberId: string;
}

/** Contacts per read. */
const batchSize = 500;

/**
 * Looks in the state for who came through an ad.
 *
 * @param now in milliseconds
 * @returns for each conversation, whether messages in it are free; null without a state
 * @throws StateProblem
 */
export async function freeEntriesOf(
	account: Account,
	conversations: readonly Conversation[],
	now: number,
): Promise<FreeEntry[] | null> {
	const store = await openAccountStore(account);
	if (store === null) return null;
	const keyOf = (address: string): string => identifierKey(account, address);
	const addresses = conversations.flatMap(({ address }) => address ?? []);
	const keys = [...new Set(addresses.map(keyOf))];
	const clicks = new Map<string, number>();
	for (let first = 0; first < keys.length; first += batchSize) {
		const batch = keys.slice(first, first + batchSize);
		for (const contact of await store.contacts.get(accountKeyOf(account), batch)) {
			for (const [phoneNumberId, { at }] of Object.entries(contact.entryPoints)) {
				for (const key of contact.keys) clicks.set(`${phoneNumberId} ${key}`, at);
			}
		}
	}
	return conversations.map(({ address, phoneNumberId }) => {
		const clickedAt =
			address === null ? undefined : clicks.get(`${phoneNumberId} ${keyOf(address)}`);
		return freeEntryAt(clickedAt ?? null, now);
	});
}
