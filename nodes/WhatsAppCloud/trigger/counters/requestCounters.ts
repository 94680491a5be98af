import type { CounterStore } from '../../store/triggers/counterStore';
import { reasonOf } from '../../values/unknown';
import type { Count } from './counterNames';
import type { RefusalCounters } from './refusalCounters';

/** How long counts wait for those of other requests, in milliseconds; a kill loses them. */
const SHARED_MS = 500;

/** Counts kept while handling one request. */
export class RequestCounters {
	private readonly counts: Count[] = [];
	private readonly target: CountsTarget;

	constructor(target: CountsTarget) {
		this.target = target;
	}

	add(name: string, by: number, detail: string | null): void {
		if (by > 0) this.counts.push({ name: name.slice(0, 255), by, detail });
	}

	/** Writes the counts soon. The request neither waits for this nor fails with it. */
	flush(): void {
		const { store, group, refusals, clock, log } = this.target;
		const now = clock.now();
		// Taken even without a store: this is what lets new refusals into the log.
		const counts = [...this.counts.splice(0), ...refusals.takeDue(group, now)];
		if (store === null || counts.length === 0) return;
		const entries = counts.map((count) => ({ ...count, accountKey: group }));
		store.counters.increment(entries, now, { mayWaitMs: SHARED_MS }).catch((error: unknown) => {
			const reason = reasonOf(error);
			log('warn', `counters cannot be written: ${reason}`);
		});
	}
}

/** Where counts go. */
interface CountsTarget {
	/** `null` if the state is switched off; then nothing is counted. */
	store: { readonly counters: CounterStore } | null;
	group: string;
	refusals: RefusalCounters;
	clock: { now: () => number };
	log: (level: 'warn', message: string) => void;
}
