import type { RefusalCode } from '../../graph/refusals';
import { minuteMs } from '../../time/durations';
import { hasPassed } from '../../time/passed';
import { type Count, counterNames } from './counterNames';

/** How long refusal counts stay in memory before they are written, in milliseconds. */
const FLUSH_EVERY_MS = minuteMs;

/** How many refusals of one kind are logged individually in that time. */
const LOGGED_EACH = 20;

interface Pending {
	count: number;
	logged: number;
	code: RefusalCode;
}

/**
 * Counts refusals. Anybody can cause them, so they are counted in memory, by a small set of codes,
 * and written at most once a minute.
 */
export class RefusalCounters {
	private readonly pending = new Map<string, Map<RefusalCode, Pending>>();
	private readonly flushedAt = new Map<string, number>();

	/** @returns whether to log the refusal as well */
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

	/** Whether there are counts and the last write was long enough ago. */
	private isDue(group: string, now: number): boolean {
		if (!this.pending.has(group)) return false;
		const last = this.flushedAt.get(group);
		return last === undefined || hasPassed(last, FLUSH_EVERY_MS, now);
	}

	/** Takes the counts due to be written; counting then starts again. */
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
