/** A loop that waits for work in the same process. */
export interface Listening {
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

	/** @returns how to end it */
	add(listenerId: string, loop: Listening): () => void {
		const loops = this.loops.get(listenerId) ?? new Set();
		this.loops.set(listenerId, loops.add(loop));
		return () => {
			loops.delete(loop);
			if (loops.size === 0) this.loops.delete(listenerId);
		};
	}

	wake(listenerIds: Iterable<string>): void {
		for (const id of listenerIds) for (const loop of this.loops.get(id) ?? []) loop.wake();
	}

	claimed(listenerId: string, batchId: string): void {
		for (const loop of this.loops.get(listenerId) ?? []) loop.claimed(batchId);
	}
}
