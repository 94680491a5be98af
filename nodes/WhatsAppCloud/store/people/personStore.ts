/** One person, by all that they may be stored under. */
export interface PersonKeys {
	accountKey: string;
	/** As in the tables: numbers and user IDs, plain or hashed. */
	keys: readonly string[];
	/**
	 * Numbers (digits) and user IDs as webhooks write them, to find waiting events of groups, which
	 * are stored under the group.
	 */
	inWebhooks: readonly string[];
}

/** What is stored about a person, as a row of a table. */
export interface PersonRecord {
	table: string;
	/** As stored; times in milliseconds since 1970. */
	row: Record<string, string | number | null>;
}

/** Finds and erases everything about one person, in all tables. */
export interface PersonStore {
	/**
	 * The same person's keys from before their number or user ID changed, and those since. A former
	 * number that somebody has used after the change may be another person's and is left out.
	 */
	keysOf(accountKey: string, keys: readonly string[]): Promise<string[]>;

	/** Everything that is stored. */
	read(person: PersonKeys): Promise<PersonRecord[]>;

	/**
	 * Erases everything in one transaction. A message that is being sent then finds no entry of its
	 * own, and is not sent. Questions for which an execution waits stay: cancel them first.
	 *
	 * @param marks by which the person is recognised for as long as Meta may repeat webhooks; they tell
	 *   nobody the number. Without any, repeated webhooks bring the person back.
	 * @param at in milliseconds since 1970
	 * @returns rows by table
	 */
	erase(person: PersonKeys, marks: readonly string[], at: number): Promise<Record<string, number>>;

	/** When those people were erased, by their marks, in milliseconds since 1970. */
	erasedAt(marks: readonly string[]): Promise<ReadonlyMap<string, number>>;

	/**
	 * Writes the database anew, so that no deleted bytes are left in it. SQLite's file is locked
	 * meanwhile; PostgreSQL locks one table after the other.
	 *
	 * @returns false if others use the database too much for it
	 */
	compact(): Promise<boolean>;
}
