import type { RefusalCode } from '../../graph/refusals';
import { type Count, counterNames } from './counterNames';

/** How long counts of refusals are kept in memory before they are written, in milliseconds. */
const FLUSH_EVERY_MS = 60_000;

/** Refusals of one kind that are logged one by one in that time. */
const LOGGED_EACH = 20;

interface Pending {
	count: number;
	logged: number;
	code: RefusalCode;
}

/**
 * Counts what was refused. Anybody can have requests refused, so they are counted in memory, by the
 * few codes that there are, and written once a minute at most.
 */
export class RefusalCounters {
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
			name: `${counterNames.refused}${code}`,
			by: count,
			detail: null,
		}));
	}
}
