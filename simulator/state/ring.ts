/** A log that keeps its newest `size` entries. */
export class Ring<T> {
	readonly #size: number;
	#entries: T[] = [];
	#total = 0;

	constructor(size: number) {
		this.#size = size;
	}

	/** Entries ever added. */
	get total(): number {
		return this.#total;
	}

	add(entry: T): void {
		this.#total++;
		this.#entries.push(entry);
		// Trimming only now and then keeps the cost per entry constant.
		if (this.#entries.length >= this.#size * 2) this.#entries = this.#entries.slice(-this.#size);
	}

	/** Newest last. */
	list(): T[] {
		return this.#entries.slice(-this.#size);
	}

	clear(): void {
		this.#entries = [];
		this.#total = 0;
	}
}
