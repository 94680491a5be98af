/**
 * Runs `work` for 0 … count-1, at most `concurrency` at a time, in ascending order of start.
 *
 * If one fails, no more are started. Those in progress finish first, then the failure with the
 * lowest index is thrown. `mayStart` is called before each start; false ends the run early without
 * an error (a cancelled execution).
 */
export async function forEachConcurrently(
	count: number,
	concurrency: number,
	mayStart: () => boolean,
	work: (index: number) => Promise<void>,
): Promise<void> {
	let next = 0;
	const failures: { index: number; error: unknown }[] = [];

	const worker = async (): Promise<void> => {
		while (next < count && failures.length === 0 && mayStart()) {
			const index = next++;
			try {
				await work(index);
			} catch (error) {
				failures.push({ index, error });
			}
		}
	};

	await Promise.all(Array.from({ length: Math.min(concurrency, count) }, worker));
	const [first] = failures.sort((a, b) => a.index - b.index);
	if (first) throw first.error;
}

/** Does work that never fails for each value, at most `concurrency` at a time, in their order. */
export async function forAllConcurrently<Value>(
	values: readonly Value[],
	concurrency: number,
	work: (value: Value) => Promise<void>,
): Promise<void> {
	const queue = values.values();
	const worker = async (): Promise<void> => {
		for (const value of queue) await work(value);
	};
	await Promise.all(Array.from({ length: Math.min(concurrency, values.length) }, worker));
}

/**
 * Tasks with the same key run one after the other, in the order added; tasks with different keys do
 * not wait for each other. Keeps two messages to one person in order.
 */
export function createKeyedQueue(): <Result>(
	key: string,
	task: () => Promise<Result>,
) => Promise<Result> {
	const lastOfKey = new Map<string, Promise<unknown>>();

	return async (key, task) => {
		const before = lastOfKey.get(key);
		const current = before === undefined ? task() : before.then(task, task);
		lastOfKey.set(key, current);
		try {
			return await current;
		} finally {
			// Only the last one clears the queue; an earlier one would break the chain.
			if (lastOfKey.get(key) === current) lastOfKey.delete(key);
		}
	};
}
