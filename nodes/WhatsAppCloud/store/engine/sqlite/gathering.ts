/**
 * How long after a transaction the jobs that may wait gather for the next one, in milliseconds. A
 * transaction has a fixed cost, and a page that two of them change is written twice.
 */
const gatherMs = 8;

/** Lets the jobs of a moment share a transaction. */
export class Gathering {
	private wroteAt = -Infinity;
	private resume: (() => void) | null = null;

	/** Call after each transaction. */
	wrote(): void {
		this.wroteAt = performance.now();
	}

	/** Ends the wait. */
	hurry(): void {
		this.resume?.();
	}

	/** Lets jobs of the same turn join and, if all may wait, those of the next milliseconds, too. */
	async wait(mayAllWait: boolean): Promise<void> {
		const leftMs = this.wroteAt + gatherMs - performance.now();
		if (mayAllWait && leftMs > 0) {
			await new Promise<void>((resolve) => {
				const timer = setTimeout(resolve, leftMs);
				this.resume = () => {
					clearTimeout(timer);
					resolve();
				};
			});
			this.resume = null;
		}
		await new Promise((resolve) => setImmediate(resolve));
	}
}
