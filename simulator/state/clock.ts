/** A scheduled job. Cancelling it after it has run does nothing. */
export interface Job {
	/** Milliseconds since 1970 on the simulator's clock. */
	readonly dueMs: number;
	cancel(): void;
}

interface Entry extends Job {
	readonly order: number;
	run: (() => void) | null;
}

/** The longest delay that setTimeout accepts. */
const maxWaitMs = 2 ** 31 - 1;
/** The last moment the clock can show: webhooks and logs cannot write later dates. */
export const lastMomentMs = Date.UTC(9999, 11, 31);
/** How many jobs may run before sockets get their turn. */
const jobsPerTurn = 200;

/**
 * The simulator's time: real time plus the offset that tests set. Status delays, webhook retries
 * and the lifetimes of media and tokens depend on it. One real timer serves all jobs, so that
 * hundreds of thousands of pending statuses need no timers of their own.
 */
export class Clock {
	#offsetMs = 0;
	#order = 0;
	/** Binary heap with the next job first. */
	readonly #heap: Entry[] = [];
	#timer: NodeJS.Timeout | null = null;
	#timerDueMs = Infinity;

	/** Milliseconds since 1970. */
	now(): number {
		return Date.now() + this.#offsetMs;
	}

	/** Seconds since 1970, like Meta's timestamps. */
	nowSeconds(): number {
		return Math.floor(this.now() / 1000);
	}

	get offsetMs(): number {
		return this.#offsetMs;
	}

	get pendingJobs(): number {
		return this.#heap.length;
	}

	/** Moves the clock, forwards or backwards, and runs what is now due. */
	advance(ms: number): void {
		this.#offsetMs += ms;
		while (this.#runDue(jobsPerTurn));
		this.#arm();
	}

	/** Returns to real time and drops all jobs. */
	reset(): void {
		this.#offsetMs = 0;
		this.stop();
	}

	/** Drops all jobs. */
	stop(): void {
		this.#heap.length = 0;
		if (this.#timer) clearTimeout(this.#timer);
		this.#timer = null;
		this.#timerDueMs = Infinity;
	}

	after(delayMs: number, run: () => void): Job {
		const entry: Entry = {
			dueMs: this.now() + delayMs,
			order: this.#order++,
			run,
			cancel() {
				entry.run = null;
			},
		};
		this.#push(entry);
		if (entry.dueMs < this.#timerDueMs) this.#arm();
		return entry;
	}

	/** Runs at most `limit` due jobs; true if more are due. */
	#runDue(limit: number): boolean {
		for (let count = 0; count < limit; count++) {
			const next = this.#heap[0];
			if (!next || next.dueMs > this.now()) return false;
			this.#pop();
			next.run?.();
		}
		const next = this.#heap[0];
		return next !== undefined && next.dueMs <= this.now();
	}

	#arm(): void {
		if (this.#timer) clearTimeout(this.#timer);
		this.#timer = null;
		this.#timerDueMs = Infinity;
		const next = this.#heap[0];
		if (!next) return;
		this.#timerDueMs = next.dueMs;
		const waitMs = Math.min(Math.max(next.dueMs - this.now(), 0), maxWaitMs);
		this.#timer = setTimeout(() => {
			this.#timerDueMs = Infinity;
			this.#runDue(jobsPerTurn);
			this.#arm();
		}, waitMs);
	}

	#push(entry: Entry): void {
		const heap = this.#heap;
		let index = heap.push(entry) - 1;
		while (index > 0) {
			const parentIndex = (index - 1) >> 1;
			const parent = heap[parentIndex];
			if (!parent || !isBefore(entry, parent)) break;
			heap[index] = parent;
			index = parentIndex;
		}
		heap[index] = entry;
	}

	#pop(): void {
		const heap = this.#heap;
		const last = heap.pop();
		if (!last || heap.length === 0) return;
		let index = 0;
		for (;;) {
			const leftIndex = index * 2 + 1;
			const left = heap[leftIndex];
			if (!left) break;
			const right = heap[leftIndex + 1];
			const child = right && isBefore(right, left) ? right : left;
			if (!isBefore(child, last)) break;
			heap[index] = child;
			index = child === left ? leftIndex : leftIndex + 1;
		}
		heap[index] = last;
	}
}

/** Jobs due at the same instant run in the order in which they were scheduled. */
function isBefore(a: Entry, b: Entry): boolean {
	return a.dueMs < b.dueMs || (a.dueMs === b.dueMs && a.order < b.order);
}
