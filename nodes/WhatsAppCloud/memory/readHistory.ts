import type { Account } from '../graph/account';
import { CredentialProblem } from '../graph/account';
import type { Store } from '../store/store';
import { mostTexts, textAuthors, type TextAuthor } from '../store/texts/textStore';
import { historyOf, type History, type Present } from './conversation';

/** Which messages are wanted. */
export interface HistoryRequest {
	accountKey: string;
	/** The person's number or user ID, as the state has it. */
	contactKey: string;
	/** Null: of all numbers. */
	phoneNumberId: string | null;
	/** At most this many: the newest. */
	limit: number;
	/** Null: however old. */
	maxAgeMs: number | null;
	/** Empty: everybody's. */
	authors: readonly TextAuthor[];
	includesFiles: boolean;
}

/** Read beyond the limit, for what is left out: what the person wrote since, and this execution. */
const spare = 50;

/** The most messages that can be asked for. */
export const mostMessages = 1_000;

/**
 * Reads what a person and the business have written to each other, under all keys of the person.
 *
 * @param now in milliseconds since 1970
 * @throws StateProblem
 */
export async function readHistory(
	store: Pick<Store, 'contacts' | 'texts'>,
	{ appSecret }: Pick<Account, 'appSecret'>,
	request: HistoryRequest,
	present: Present,
	now: number,
): Promise<History> {
	const { accountKey, contactKey, phoneNumberId, limit, maxAgeMs, includesFiles } = request;
	const [contact] = await store.contacts.get(accountKey, [contactKey]);
	const texts = await store.texts.last({
		accountKey,
		contactKeys: contact?.keys ?? [contactKey],
		phoneNumberId,
		authors: request.authors.length === 0 ? textAuthors : request.authors,
		since: maxAgeMs === null ? 0 : now - maxAgeMs,
		// Nobody knows how many files are among them.
		limit: includesFiles
			? Math.min(mostTexts, limit + present.messageIds.length + spare)
			: mostTexts,
	});
	return historyOf(texts, present, { appSecret, limit, includesFiles });
}

/** @throws CredentialProblem if the account keeps no texts */
export function requireTexts({ keepTexts }: Pick<Account, 'keepTexts'>): void {
	if (keepTexts) return;
	throw new CredentialProblem(
		'In the credential, Keep Texts is off, so that no messages are kept. Switch it on under Advanced Settings: messages are kept from then on',
	);
}

/** What to tell about messages that cannot be read. */
export const unreadableNote = (count: number): string =>
	`${count === 1 ? 'An earlier message' : `${count} earlier messages`} cannot be read: the app secret in the credential has changed since. New messages are not affected.`;
