/**
 * How long after a transaction the jobs that may wait gather for the next one, in milliseconds. Most
 * of what a small transaction costs is its own, and the pages it shares with the next are written
 * twice.
 */
const GATHER_MS = 8;

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

	/** Waits for whatever has arrived by now and, if all may wait, for what comes a moment later. */
	async wait(mayAllWait: boolean): Promise<void> {
		const leftMs = this.wroteAt + GATHER_MS - performance.now();
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
