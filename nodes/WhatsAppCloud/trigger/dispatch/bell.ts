import type { Clock } from '../../time/clock';

/** Lets one waiter sleep until it is rung or its time is up. */
export class Bell {
	private isRung = false;
	private waiting: AbortController | null = null;

	ring(): void {
		this.isRung = true;
		this.waiting?.abort();
	}

	/** Returns at once if it was rung since the last wait. */
	async wait(clock: Pick<Clock, 'sleep'>, ms: number): Promise<void> {
		if (!this.isRung) {
			this.waiting = new AbortController();
			await clock.sleep(ms, this.waiting.signal);
			this.waiting = null;
		}
		this.isRung = false;
	}
}
