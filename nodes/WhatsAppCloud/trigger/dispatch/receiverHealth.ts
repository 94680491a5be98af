import { minuteMs } from '../../time/durations';

/** Calls to one address at once, so that one that hangs keeps nobody else waiting. */
const MAX_CALLS = 4;

/** Pauses after a failure: the first, doubling, and the longest. */
const PAUSE_MS = { first: 5_000, longest: 15 * minuteMs };

/** An address that answers, but with errors, is tried at least this often: the next may go. */
const LONGEST_AMONG_ERRORS_MS = minuteMs;

/** So many different webhooks that an address refuses in a row show that it takes none. */
const REFUSED_IN_A_ROW = 5;

/**
 * What else an address refuses that has not taken a webhook.
 * - `this`: nothing else; the webhook is what it does not like.
 * - `perhapsAll`: the next ones will tell, such as after HTTP 500.
 * - `all`: it is down, too busy, or lets nobody in.
 */
export type Refuses = 'this' | 'perhapsAll' | 'all';

/** How long to wait after so many failed attempts, in milliseconds. */
export const pauseAfter = (attempts: number): number =>
	Math.min(PAUSE_MS.first * 2 ** Math.min(attempts - 1, 20), PAUSE_MS.longest);

/**
 * How an address does that has refused something, until it takes a webhook or refuses one for what it
 * is. One that takes nothing gets one call after each pause instead of one for each webhook. The
 * process keeps it: after a restart, the first calls tell.
 */
export class ReceiverHealth {
	/** Different webhooks that it has refused in a row. */
	private readonly refused = new Set<string>();
	/** Pauses in a row. */
	private pauses = 0;
	private pausedUntil = -Infinity;
	private refuses: Exclude<Refuses, 'this'> = 'perhapsAll';

	/** Whether it takes nothing at the moment. */
	get isBroken(): boolean {
		return this.pauses > 0;
	}

	/** Whether only a webhook that it has not refused yet can tell that it takes some again. */
	get needsAnother(): boolean {
		return this.isBroken && this.refuses !== 'all';
	}

	/** How many calls it may get at once. @param now in milliseconds since 1970 */
	mostCalls(now: number): number {
		if (!this.isBroken) return MAX_CALLS;
		return this.isPaused(now) ? 0 : 1;
	}

	/** It has not taken a webhook. @param now in milliseconds since 1970 */
	refusedOne(forwardId: string, refuses: Exclude<Refuses, 'this'>, now: number): void {
		if (!this.isBroken) this.refused.add(forwardId);
		const takesNone = refuses === 'all' || this.isBroken || this.refused.size >= REFUSED_IN_A_ROW;
		// Of calls at once, the first to fail has begun the pause.
		if (!takesNone || this.isPaused(now)) return;
		this.refuses = refuses;
		this.pauses += 1;
		const pauseMs = pauseAfter(this.pauses);
		this.pausedUntil =
			now + (refuses === 'all' ? pauseMs : Math.min(pauseMs, LONGEST_AMONG_ERRORS_MS));
	}

	/** A pause that seems longer than any comes from a clock that was set back. */
	private isPaused(now: number): boolean {
		return this.pausedUntil > now && this.pausedUntil <= now + PAUSE_MS.longest;
	}
}
