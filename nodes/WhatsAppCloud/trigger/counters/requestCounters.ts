import type { CounterStore } from '../../store/triggers/counterStore';
import { reasonOf } from '../../values/unknown';
import type { Count } from './counterNames';
import type { RefusalCounters } from './refusalCounters';

/** What is counted while one request is handled. */
export class RequestCounters {
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
	refusals: RefusalCounters;
	clock: { now: () => number };
	log: (level: 'warn', message: string) => void;
}
