import type { EventContact } from './events';
import { readObject, readString, type JsonObject, type JsonValue } from './json';

/** Where a part of a webhook names its person: the keys differ, the meaning does not. */
export type ContactHint = { waId: string | null; userId: string | null };

/**
 * The `contacts` of one change, to be looked up per message or status. Built once per change,
 * so that a batch of thousands costs no quadratic search.
 */
export class ContactDirectory {
	private readonly byKey = new Map<string, JsonObject>();
	private readonly only: JsonObject | null;

	/**
	 * @param contacts `value.contacts` as sent.
	 * @param partCount Messages and statuses of the same change. A single contact beside a single
	 * part is that part's person even where the numbers are written differently.
	 */
	constructor(contacts: JsonValue[], partCount: number) {
		const records = contacts.map(readObject).filter((record) => record !== null);
		this.only = records.length === 1 && partCount <= 1 ? (records[0] ?? null) : null;
		for (const record of records) {
			for (const key of [readString(record['user_id']), readString(record['wa_id'])]) {
				if (key !== null && !this.byKey.has(key)) this.byKey.set(key, record);
			}
		}
	}

	find(hint: ContactHint): EventContact {
		const record =
			(hint.userId === null ? undefined : this.byKey.get(hint.userId)) ??
			(hint.waId === null ? undefined : this.byKey.get(hint.waId)) ??
			this.only;
		const profile = readObject(record?.['profile']);
		const waId = readString(record?.['wa_id']) ?? hint.waId;
		const userId = hint.userId ?? readString(record?.['user_id']);
		return {
			id: userId ?? waId,
			waId,
			userId,
			username: readString(profile?.['username']),
			name: readString(profile?.['name']),
		};
	}
}

export const NO_CONTACTS = new ContactDirectory([], 0);
export const NOBODY: ContactHint & { name?: string | null } = { waId: null, userId: null };
