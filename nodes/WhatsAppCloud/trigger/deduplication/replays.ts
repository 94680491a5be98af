import type { FilterName } from '../receive/choose';

/** How often dropped replays are told in the log, in milliseconds: anybody can send them again. */
const TELL_EVERY_MS = 60_000;

/**
 * Tells of dropped replays. A clock that is far ahead makes every new message look like one, so that
 * they are never dropped in silence.
 */
export class ReplayNotice {
	private untold = 0;
	private toldAt = -Infinity;

	/**
	 * @param filtered How many events of a webhook each filter has kept out.
	 * @param now The present by the clock of this machine, in milliseconds since 1970.
	 * @returns a line for the log; `null` where there is nothing to tell, or not yet again
	 */
	take(filtered: ReadonlyMap<FilterName, number>, now: number): string | null {
		this.untold += filtered.get('Drop Replays Older Than') ?? 0;
		const isEarly = now >= this.toldAt && now - this.toldAt < TELL_EVERY_MS;
		if (this.untold === 0 || isEarly) return null;
		const count = this.untold;
		this.untold = 0;
		this.toldAt = now;
		return `${count} messages or statuses were dropped, because they are older than "Drop Replays Older Than" allows; if they were new, the clock of this machine is wrong: it says ${new Date(now).toISOString()}`;
	}
}
