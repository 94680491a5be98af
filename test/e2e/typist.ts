import { setTimeout as sleep } from 'node:timers/promises';

const betweenMessagesMs = 1_000;

/**
 * A person needs a second for a message. Meta's times have no more than seconds, and what came first
 * within one of them cannot always be told: taking a consent back, for one, wins.
 */
export class Typist {
	private last = -Infinity;

	/** Waits until a second has passed since the last message. */
	async types(): Promise<void> {
		await sleep(Math.max(0, this.last + betweenMessagesMs - performance.now()));
		this.last = performance.now();
	}
}
