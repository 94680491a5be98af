import type { Clock } from '../../time/clock';

/** Made once: the error of an abort without a reason takes n8n longer than a look into the state. */
const RUNG = new Error('rung');

/** Lets one waiter sleep until it is rung or its time is up. */
export class Bell {
	private isRung = false;
	private waiting: AbortController | null = null;

	ring(): void {
		this.isRung = true;
		this.waiting?.abort(RUNG);
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
