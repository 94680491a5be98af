/** Prefix of the counters, by trigger, of events that nothing has fetched in time. */
export const expiredCounter = 'webhook:expired:';

/** How often something happened, such as refused signatures by reason. */
interface Counter {
	name: string;
	count: number;
	lastAt: number;
	/** Detail of the last occurrence; null if none was given. */
	lastDetail: string | null;
}

export interface CounterStore {
	/**
	 * Adds to counters, atomically across processes.
	 *
	 * @param options.mayWaitMs how long they may wait for others to share their transaction
	 */
	increment(
		entries: readonly {
			accountKey: string;
			name: string;
			by: number;
			detail: string | null;
		}[],
		now: number,
		options?: { mayWaitMs?: number },
	): Promise<void>;

	/** Counters whose name begins with the prefix, sorted by name; at most 1,000. */
	list(accountKey: string, prefix: string): Promise<Counter[]>;
}
