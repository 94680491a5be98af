/** A small text that an account remembers, such as the registration found before or a generated verify token. */
export interface Note {
	name: string;
	value: string;
	updatedAt: number;
}

export interface NoteStore {
	/** Null where there is none. */
	get(accountKey: string, name: string): Promise<Note | null>;

	/** Notes whose name begins with the prefix, by name; at most 1,000. */
	list(accountKey: string, prefix: string): Promise<Note[]>;

	/**
	 * Changes a note if it still has the expected value (null: is not there); value null deletes it.
	 * Of all that swap at once, one succeeds.
	 *
	 * @returns the note as it stands afterwards, and whether it was this call that made it so.
	 */
	swap(
		change: { accountKey: string; name: string; expected: string | null; value: string | null },
		now: number,
	): Promise<{ swapped: boolean; current: Note | null }>;

	/** Sets the note whatever it was; value null deletes it. */
	set(accountKey: string, name: string, value: string | null, now: number): Promise<void>;
}

/** How often something happened, such as refused signatures by reason. */
interface Counter {
	name: string;
	count: number;
	lastAt: number;
	/** Of the last time it was counted; null where none was given. */
	lastDetail: string | null;
}

export interface CounterStore {
	/** Adds to counters; no count is lost between processes. */
	increment(
		entries: readonly {
			accountKey: string;
			name: string;
			by: number;
			detail: string | null;
		}[],
		now: number,
	): Promise<void>;

	/** Counters whose name begins with the prefix, by name; at most 1,000. */
	list(accountKey: string, prefix: string): Promise<Counter[]>;
}
