import type { DueBatch } from '../../store/inbox/inboxStore';

/** A loop that waits for work in the same process. */
export interface Listening {
	/** Its name in the state. */
	readonly owner: string;
	/** Whether it may be given what arrives, so that it need not take it. */
	readonly takesArrivals: boolean;
	/** The state says that it has these batches. */
	give(batches: readonly DueBatch[]): void;
	/** Something may be due. */
	wake(): void;
	/** An execution has claimed a batch. */
	claimed(batchId: string): void;
}

/**
 * Connects the parts of a trigger that run in one process, so that nothing waits for the next look
 * into the state. What happens in other processes is only found there.
 */
export class Signals {
	private readonly loops = new Map<string, Set<Listening>>();
	private readonly byOwner = new Map<string, Listening>();

	/** @returns how to end it */
	add(listenerId: string, loop: Listening): () => void {
		const loops = this.loops.get(listenerId) ?? new Set();
		this.loops.set(listenerId, loops.add(loop));
		this.byOwner.set(loop.owner, loop);
		return () => {
			this.byOwner.delete(loop.owner);
			loops.delete(loop);
			if (loops.size === 0) this.loops.delete(listenerId);
		};
	}

	/** The name of a loop that may be given what arrives for a trigger; null if there is none. */
	takerOf(listenerId: string): string | null {
		const loops = [...(this.loops.get(listenerId) ?? [])];
		return loops.find(({ takesArrivals }) => takesArrivals)?.owner ?? null;
	}

	/** Gives loops what they have in the state; what one has that ended meanwhile is free again. */
	give(batches: ReadonlyMap<string, readonly DueBatch[]>): void {
		for (const [owner, ofOwner] of batches) this.byOwner.get(owner)?.give(ofOwner);
	}

	wake(listenerIds: Iterable<string>): void {
		for (const id of listenerIds) for (const loop of this.loops.get(id) ?? []) loop.wake();
	}

	claimed(listenerId: string, batchId: string): void {
		for (const loop of this.loops.get(listenerId) ?? []) loop.claimed(batchId);
	}
}
