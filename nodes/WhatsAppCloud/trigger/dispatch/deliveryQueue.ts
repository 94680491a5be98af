import { byTime } from '../../store/inbox/dueOrder';
import type { DueBatch } from '../../store/inbox/inboxStore';

/**
 * Batches that a loop has taken and not emitted yet, in the order of their time. A batch comes out
 * only when no other one of the same conversation or message is being started, so that one person's
 * messages begin in order while other people's are not held up.
 */
export class DeliveryQueue {
	private batches: DueBatch[] = [];
	private readonly known = new Set<string>();
	private readonly busy = new Set<string>();

	get size(): number {
		return this.batches.length;
	}

	/** Ignores those that it has, or that have come out and are not released. */
	add(batches: readonly DueBatch[]): void {
		const added = batches.filter(({ batchId }) => !this.known.has(batchId));
		if (added.length === 0) return;
		for (const { batchId } of added) this.known.add(batchId);
		const last = this.batches.at(-1);
		this.batches.push(...added);
		const [first] = added;
		// Most arrive one at a time and in order.
		const isInOrder =
			added.length === 1 && first !== undefined && (!last || byTime(last, first) < 0);
		if (!isInOrder) this.batches.sort(byTime);
	}

	/** The earliest batch that may start now; null if there is none. */
	next(): DueBatch | null {
		const waiting = new Set<string>();
		const index = this.batches.findIndex(({ orderKeys }) => {
			const isFirst = orderKeys.every((key) => !this.busy.has(key) && !waiting.has(key));
			for (const key of orderKeys) waiting.add(key);
			return isFirst;
		});
		const [batch] = index === -1 ? [] : this.batches.splice(index, 1);
		for (const key of batch?.orderKeys ?? []) this.busy.add(key);
		return batch ?? null;
	}

	/** The batch has started, or is somebody else's: the next one with its keys may come. */
	release({ batchId, orderKeys }: DueBatch): void {
		this.known.delete(batchId);
		for (const key of orderKeys) this.busy.delete(key);
	}
}
