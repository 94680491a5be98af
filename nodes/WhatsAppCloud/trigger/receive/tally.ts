import type { CounterStore } from '../../store/triggers/counterStore';
import { reasonOf } from '../../values/unknown';
import type { RefusalCode } from '../../graph/refusals';

/** How long counts of refusals are kept in memory before they are written, in milliseconds. */
const FLUSH_EVERY_MS = 60_000;
/** Refusals of one kind that are logged one by one in that time. */
const LOGGED_EACH = 20;

/** Names of the counters, for whoever reads them. */
export const COUNTERS = {
	received: 'webhook:received',
	refused: 'webhook:refused:',
	started: 'webhook:started:',
	repeated: 'webhook:repeated:',
	filtered: 'webhook:filtered:',
	handOver: 'webhook:handOverFailed:',
} as const;

interface Count {
	name: string;
	by: number;
	detail: string | null;
}

interface Pending {
	count: number;
	logged: number;
	code: RefusalCode;
}

/**
 * Counts what was refused. Anybody can have requests refused, so they are counted in memory, by the
 * few codes that there are, and written once a minute at most.
 */
export class RefusalTally {
	private readonly pending = new Map<string, Map<RefusalCode, Pending>>();
	private readonly flushedAt = new Map<string, number>();

	/** @returns whether the refusal is to be logged, too */
	add(group: string, code: RefusalCode): boolean {
		const ofGroup = this.pending.get(group) ?? new Map<RefusalCode, Pending>();
		this.pending.set(group, ofGroup);
		const entry = ofGroup.get(code) ?? { count: 0, logged: 0, code };
		ofGroup.set(code, entry);
		entry.count++;
		if (entry.logged >= LOGGED_EACH) return false;
		entry.logged++;
		return true;
	}

	/** Whether there are counts and the last ones were written long enough ago. */
	isDue(group: string, now: number): boolean {
		if (!this.pending.has(group)) return false;
		const last = this.flushedAt.get(group);
		return last === undefined || now < last || now - last >= FLUSH_EVERY_MS;
	}

	/** The counts that are due to be written, which are then counted anew. */
	takeDue(group: string, now: number): Count[] {
		const ofGroup = this.pending.get(group);
		if (ofGroup === undefined || !this.isDue(group, now)) return [];
		this.flushedAt.set(group, now);
		this.pending.delete(group);
		return Array.from(ofGroup.values(), ({ code, count }) => ({
			name: `${COUNTERS.refused}${code}`,
			by: count,
			detail: null,
		}));
	}
}

/** What is counted while one request is handled. */
export class RequestCounts {
	private readonly counts: Count[] = [];
	private readonly target: CountsTarget;

	constructor(target: CountsTarget) {
		this.target = target;
	}

	add(name: string, by: number, detail: string | null): void {
		if (by > 0) this.counts.push({ name: name.slice(0, 255), by, detail });
	}

	/** Writes what was counted. The request does not wait for it, nor does it fail with it. */
	flush(): void {
		const { store, group, refusals, clock, log } = this.target;
		const now = clock.now();
		// Taken without a store, too: it is what lets new refusals into the log.
		const counts = [...this.counts.splice(0), ...refusals.takeDue(group, now)];
		if (store === null || counts.length === 0) return;
		const entries = counts.map((count) => ({ ...count, accountKey: group }));
		store.counters.increment(entries, now).catch((error: unknown) => {
			const reason = reasonOf(error);
			log('warn', `counters cannot be written: ${reason}`);
		});
	}
}

/** Where counts go. */
interface CountsTarget {
	/** `null` where the state is switched off: nothing is counted then. */
	store: { readonly counters: CounterStore } | null;
	group: string;
	refusals: RefusalTally;
	clock: { now: () => number };
	log: (level: 'warn', message: string) => void;
}
