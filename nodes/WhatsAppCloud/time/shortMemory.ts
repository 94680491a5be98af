import { hasPassed } from './passed';

interface Kept<Value> {
	value: Promise<Value>;
	readAt: number;
}

/** Keeps what was loaded for a while; whoever asks meanwhile shares it. Failures are not kept. */
export class ShortMemory<Value> {
	private readonly kept = new Map<string, Kept<Value>>();
	private readonly keptMs: number;
	private readonly maxEntries: number;
	private readonly now: () => number;

	/** @param limits how long, in milliseconds, and how many; `now` in milliseconds */
	constructor(limits: { keptMs: number; maxEntries: number; now: () => number }) {
		this.keptMs = limits.keptMs;
		this.maxEntries = limits.maxEntries;
		this.now = limits.now;
	}

	/** @throws what loading throws */
	async read(key: string, load: () => Promise<Value>): Promise<Value> {
		const known = this.kept.get(key);
		if (known !== undefined && !this.isOlder(key, this.keptMs)) return await known.value;
		const entry = { value: load(), readAt: this.now() };
		this.kept.delete(key);
		this.kept.set(key, entry);
		entry.value.catch(() => {
			if (this.kept.get(key) === entry) this.kept.delete(key);
		});
		const [oldest] = this.kept.keys();
		if (this.kept.size > this.maxEntries && oldest !== undefined) this.kept.delete(oldest);
		return await entry.value;
	}

	/** Whether something is kept that was loaded at least this long ago. */
	isOlder(key: string, ageMs: number): boolean {
		const known = this.kept.get(key);
		return known !== undefined && hasPassed(known.readAt, ageMs, this.now());
	}

	/** Forgets what is kept under the chosen keys. */
	forget(isChosen: (key: string) => boolean): void {
		for (const key of this.kept.keys()) if (isChosen(key)) this.kept.delete(key);
	}
}
