import type { EventContact } from './eventOrigin';
import { readObject, readString, type JsonObject, type JsonValue } from './lenientJson';

/** What a part of a webhook says about its person, under keys that differ from part to part. */
export interface ContactHint {
	waId: string | null;
	userId: string | null;
	parentUserId?: string | null;
	username?: string | null;
	name?: string | null;
	identityKeyHash?: string | null;
}

/** A phone number, however it was typed, as the digits that Meta uses as an ID. */
export const waIdOf = (number: string | null): string | null => number?.replace(/\D/g, '') || null;

/**
 * Looks up the `contacts` of one change per message or status. Built once per change, to avoid a
 * quadratic search in batches of thousands.
 */
export class ContactDirectory {
	private readonly byKey = new Map<string, JsonObject>();
	private readonly only: JsonObject | null;

	/**
	 * @param contacts `value.contacts` as sent.
	 * @param partCount Number of messages and statuses in the same change. A single contact beside a
	 * single part is that part's person, even if the numbers are written differently.
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
			parentUserId: hint.parentUserId ?? readString(record?.['parent_user_id']),
			username:
				readString(profile?.['username']) ??
				readString(record?.['username']) ??
				hint.username ??
				null,
			name: readString(profile?.['name']) ?? hint.name ?? null,
			countryCode: readString(profile?.['country_code']) ?? readString(record?.['country_code']),
			identityKeyHash: readString(record?.['identity_key_hash']) ?? hint.identityKeyHash ?? null,
		};
	}
}

const USER_ID = /^[A-Z]{2}\.\w/;
const PHONE_NUMBER = /^\+?[\d\s().-]*\d[\d\s().-]*$/;
const PARENT_USER_ID = /^[A-Z]{2}\.ENT\./;

/**
 * The person behind an identifier of any kind that Meta accepts as a recipient: a phone number in
 * any notation, a user ID, or a parent business's user ID.
 */
export function personOf(identifier: string | null): ContactHint {
	if (identifier === null) return NOBODY;
	if (PARENT_USER_ID.test(identifier)) {
		return { waId: null, userId: null, parentUserId: identifier };
	}
	if (USER_ID.test(identifier)) return { waId: null, userId: identifier };
	const isNumber = PHONE_NUMBER.test(identifier);
	return { waId: isNumber ? identifier.replace(/\D/g, '') : identifier, userId: null };
}

/** Merges hints; the first one that knows a value wins. */
export function joinHints(...hints: ContactHint[]): ContactHint {
	const first = (key: keyof ContactHint): string | null =>
		hints.map((hint) => hint[key] ?? null).find((value) => value !== null) ?? null;
	return {
		waId: first('waId'),
		userId: first('userId'),
		parentUserId: first('parentUserId'),
		username: first('username'),
		name: first('name'),
		identityKeyHash: first('identityKeyHash'),
	};
}

export const NO_CONTACTS = new ContactDirectory([], 0);
export const NOBODY: ContactHint = { waId: null, userId: null };
