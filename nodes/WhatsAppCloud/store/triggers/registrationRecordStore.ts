/**
 * What a trigger has registered at Meta, stored under the place's name as the caller's JSON text.
 */
export interface StoredRegistrationRecord {
	name: string;
	value: string;
	updatedAt: number;
}

export interface RegistrationRecordStore {
	/** @returns null if there is none. */
	get(accountKey: string, name: string): Promise<StoredRegistrationRecord | null>;

	/** Records whose name begins with the prefix, sorted by name; at most 1,000. */
	list(accountKey: string, prefix: string): Promise<StoredRegistrationRecord[]>;

	/**
	 * Changes a record if it still has the expected value (null: it does not exist). A null value
	 * deletes it. Of several concurrent swaps, one succeeds.
	 *
	 * @returns the record afterwards, and whether this call changed it.
	 */
	swap(
		change: { accountKey: string; name: string; expected: string | null; value: string | null },
		now: number,
	): Promise<{ swapped: boolean; current: StoredRegistrationRecord | null }>;

	/** Sets the record whatever its value; null deletes it. */
	set(accountKey: string, name: string, value: string | null, now: number): Promise<void>;
}
