import type { DueBatch } from './inboxStore';

/** Compares batches for the order in which they start: Meta's time, then that of their arrival. */
export function byTime(a: DueBatch, b: DueBatch): number {
	return a.occurredAt - b.occurredAt || (a.batchId < b.batchId ? -1 : 1);
}
