/** Maximum entries per batch. Larger calls are split; smaller concurrent calls are joined. */
export const maxBatch = 500;

/** Batches of one kind in flight at once; entries that arrive meanwhile form the next batch. */
const maxInFlight = 2;

interface Waiting<Entry, Answer> {
	entries: readonly Entry[];
	resolve: (answers: Answer[]) => void;
	reject: (error: unknown) => void;
}

/** Calls `handle` with one batch after another and concatenates the answers. */
export async function inBatches<Entry, Answer>(
	entries: readonly Entry[],
	handle: (batch: readonly Entry[]) => Promise<readonly Answer[]>,
): Promise<Answer[]> {
	const answers: Answer[] = [];
	for (let start = 0; start < entries.length; start += maxBatch) {
		answers.push(...(await handle(entries.slice(start, start + maxBatch))));
	}
	return answers;
}

/**
 * Adds entries to a batch and waits for their answers.
 *
 * @param mayWaitMs how long they may wait for others to join the batch, in milliseconds; by default
 *   only as long as the batcher itself waits. The batch leaves when the first entry is due.
 */
type Batched<Entry, Answer> = (entries: readonly Entry[], mayWaitMs?: number) => Promise<Answer[]>;

/** Joins calls that arrive within a short time, so that many callers share one transaction. */
export interface Batcher {
	/**
	 * @param handle receives entries from several callers, at most `maxBatch`, and returns one answer
	 *   per entry, in order. If it fails, all callers of the batch fail.
	 * @returns the function to call.
	 */
	batched: <Entry, Answer>(
		handle: (entries: readonly Entry[]) => Promise<readonly Answer[]>,
	) => Batched<Entry, Answer>;
}

/** @param delayMs how long the first caller waits for others; 0 for the next tick. */
export function createBatcher(delayMs: number): Batcher {
	let due = new Set<() => void>();
	let scheduled = false;

	const flushAll = (): void => {
		const flushes = due;
		due = new Set();
		scheduled = false;
		for (const flush of flushes) flush();
	};
	const schedule = (flush: () => void): void => {
		due.add(flush);
		if (scheduled) return;
		scheduled = true;
		if (delayMs === 0) setImmediate(flushAll);
		else setTimeout(flushAll, delayMs);
	};

	return {
		batched(handle) {
			const enqueue = createQueue(handle, schedule);
			return (entries, mayWaitMs) => inBatches(entries, (batch) => enqueue(batch, mayWaitMs));
		},
	};
}

function createQueue<Entry, Answer>(
	handle: (entries: readonly Entry[]) => Promise<readonly Answer[]>,
	schedule: (flush: () => void) => void,
): Batched<Entry, Answer> {
	let queue: Waiting<Entry, Answer>[] = [];
	let inFlight = 0;
	let latest: NodeJS.Timeout | undefined;

	const flush = (): void => {
		clearTimeout(latest);
		latest = undefined;
		while (queue.length > 0 && inFlight < maxInFlight) {
			const batch = nextBatch(queue);
			queue = queue.slice(batch.length);
			inFlight++;
			void answerBatch(handle, batch).finally(() => {
				inFlight--;
				if (queue.length > 0) flush();
			});
		}
	};

	return async (entries, mayWaitMs = 0) => {
		if (entries.length === 0) return [];
		return await new Promise<Answer[]>((resolve, reject) => {
			queue.push({ entries, resolve, reject });
			if (mayWaitMs === 0) schedule(flush);
			else latest ??= setTimeout(flush, mayWaitMs);
		});
	};
}

function nextBatch<Entry, Answer>(
	queue: readonly Waiting<Entry, Answer>[],
): Waiting<Entry, Answer>[] {
	let size = 0;
	const end = queue.findIndex((waiting) => (size += waiting.entries.length) > maxBatch);
	return queue.slice(0, end === -1 ? queue.length : Math.max(end, 1));
}

async function answerBatch<Entry, Answer>(
	handle: (entries: readonly Entry[]) => Promise<readonly Answer[]>,
	batch: readonly Waiting<Entry, Answer>[],
): Promise<void> {
	try {
		const answers = await handle(batch.flatMap((waiting) => waiting.entries));
		let start = 0;
		for (const { entries, resolve } of batch) {
			resolve(answers.slice(start, (start += entries.length)));
		}
	} catch (error) {
		for (const { reject } of batch) reject(error);
	}
}
