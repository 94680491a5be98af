/** Most entries of one lot. Larger calls are cut, smaller ones that come together are joined. */
export const maxLot = 500;

/** Lots of one kind under way at once; what comes meanwhile makes up the next one. */
const maxUnderWay = 2;

interface Waiting<Entry, Answer> {
	entries: readonly Entry[];
	resolve: (answers: Answer[]) => void;
	reject: (error: unknown) => void;
}

/** Calls `handle` with one lot after the other and joins the answers. */
export async function inLots<Entry, Answer>(
	entries: readonly Entry[],
	handle: (lot: readonly Entry[]) => Promise<readonly Answer[]>,
): Promise<Answer[]> {
	const answers: Answer[] = [];
	for (let start = 0; start < entries.length; start += maxLot) {
		answers.push(...(await handle(entries.slice(start, start + maxLot))));
	}
	return answers;
}

/** Joins calls that come within a short time, so that many callers share a transaction. */
export interface Gatherer {
	/**
	 * @param handle gets the entries of several callers, at most `maxLot`, and answers each in order.
	 * When it fails, all callers of the lot fail.
	 * @returns the function for the callers.
	 */
	gather: <Entry, Answer>(
		handle: (entries: readonly Entry[]) => Promise<readonly Answer[]>,
	) => (entries: readonly Entry[]) => Promise<Answer[]>;
}

/** @param delayMs how long the first caller waits for others; 0: until the next tick. */
export function createGatherer(delayMs: number): Gatherer {
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
		gather(handle) {
			const addLot = createLane(handle, schedule);
			return (entries) => inLots(entries, addLot);
		},
	};
}

function createLane<Entry, Answer>(
	handle: (entries: readonly Entry[]) => Promise<readonly Answer[]>,
	schedule: (flush: () => void) => void,
): (entries: readonly Entry[]) => Promise<Answer[]> {
	let queue: Waiting<Entry, Answer>[] = [];
	let underWay = 0;

	const flush = (): void => {
		while (queue.length > 0 && underWay < maxUnderWay) {
			const lot = takeLot(queue);
			queue = queue.slice(lot.length);
			underWay++;
			void answerLot(handle, lot).finally(() => {
				underWay--;
				if (queue.length > 0) flush();
			});
		}
	};

	return async (entries) => {
		if (entries.length === 0) return [];
		return await new Promise<Answer[]>((resolve, reject) => {
			queue.push({ entries, resolve, reject });
			schedule(flush);
		});
	};
}

function takeLot<Entry, Answer>(
	queue: readonly Waiting<Entry, Answer>[],
): Waiting<Entry, Answer>[] {
	let size = 0;
	const end = queue.findIndex((waiting) => (size += waiting.entries.length) > maxLot);
	return queue.slice(0, end === -1 ? queue.length : Math.max(end, 1));
}

async function answerLot<Entry, Answer>(
	handle: (entries: readonly Entry[]) => Promise<readonly Answer[]>,
	lot: readonly Waiting<Entry, Answer>[],
): Promise<void> {
	try {
		const answers = await handle(lot.flatMap((waiting) => waiting.entries));
		let start = 0;
		for (const { entries, resolve } of lot) {
			resolve(answers.slice(start, (start += entries.length)));
		}
	} catch (error) {
		for (const { reject } of lot) reject(error);
	}
}
