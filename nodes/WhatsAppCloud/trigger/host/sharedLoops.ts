import type { Store } from '../../store/store';

/** A loop that all triggers of an app share. */
interface AppLoop {
	wake(): void;
	stop(): Promise<void>;
}

/**
 * Loops that run for as long as a trigger of the app is published in this process. All of its
 * triggers that share a state share the loop.
 */
export class SharedLoops {
	private readonly loops = new WeakMap<Store, Map<string, { loop: AppLoop; users: number }>>();

	/** @returns how to leave it */
	join(store: Store, group: string, start: () => AppLoop): () => Promise<void> {
		const ofStore = this.loops.get(store) ?? new Map<string, { loop: AppLoop; users: number }>();
		this.loops.set(store, ofStore);
		const shared = ofStore.get(group) ?? { loop: start(), users: 0 };
		ofStore.set(group, shared);
		shared.users += 1;
		return async () => {
			shared.users -= 1;
			if (shared.users > 0) return;
			ofStore.delete(group);
			await shared.loop.stop();
		};
	}

	wake(store: Store, group: string): void {
		this.loops.get(store)?.get(group)?.loop.wake();
	}
}
