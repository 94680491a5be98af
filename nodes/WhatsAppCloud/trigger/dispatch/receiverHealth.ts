import { minuteMs } from '../../time/durations';

/** Calls to one address at once, so that one that hangs keeps nobody else waiting. */
const MAX_CALLS = 4;

/** Pauses after a failure: the first, doubling, and the longest for a webhook and for its address. */
const PAUSE_MS = { first: 5_000, ofWebhook: 15 * minuteMs, ofAddress: minuteMs };

/** After this many different webhooks in a row, an address that takes none counts as broken. */
const FAILED_IN_A_ROW = 5;

/** Errors of the caller's by which an address turns away whatever it is sent. */
const turnsAwayAll: ReadonlySet<number> = new Set([401, 403, 404, 408, 410, 425, 429]);

/** Whether an address has read a webhook and does not want it: the address itself works. */
const rejectsContent = (status: number | null): boolean =>
	status !== null && status >= 400 && status < 500 && !turnsAwayAll.has(status);

const pauseOf = (failures: number, longestMs: number): number =>
	Math.min(PAUSE_MS.first * 2 ** Math.min(failures - 1, 20), longestMs);

/** How long one webhook waits after so many failed attempts, in milliseconds. */
export const pauseAfter = (attempts: number): number => pauseOf(attempts, PAUSE_MS.ofWebhook);

/**
 * Tracks an address. No single answer says whether an address is down or only this webhook too much
 * for it: a firewall answers a text that it does not like with 403, and a webhook that a receiver
 * cannot stomach may make it hang. So an address counts as broken after several different webhooks
 * in a row. Then it gets one call after each pause instead of one for each webhook, until it takes a
 * webhook or rejects one for its content. The process keeps it: after a restart, the first calls tell.
 */
export class ReceiverHealth {
	/** Different webhooks in a row that it has not taken. */
	private readonly failed = new Set<string>();
	/** Pauses in a row. */
	private pauses = 0;
	private pausedUntil = -Infinity;

	/** Whether it takes nothing at the moment. The webhook that was tried least may tell otherwise. */
	get isBroken(): boolean {
		return this.pauses > 0;
	}

	/** How many different webhooks in a row it has not taken; not counted on while it is broken. */
	get failedInARow(): number {
		return this.failed.size;
	}

	/** How many calls it may get at once. @param now in milliseconds since 1970 */
	mostCalls(now: number): number {
		if (!this.isBroken) return MAX_CALLS;
		return this.isPaused(now) ? 0 : 1;
	}

	/** It has taken a webhook. */
	took(): void {
		this.failed.clear();
		this.pauses = 0;
		this.pausedUntil = -Infinity;
	}

	/**
	 * It has not taken a webhook.
	 *
	 * @param status what it has answered by HTTP; null without an answer
	 * @param now in milliseconds since 1970
	 */
	refused(forwardId: string, status: number | null, now: number): void {
		if (rejectsContent(status)) {
			this.took();
			return;
		}
		if (!this.isBroken) this.failed.add(forwardId);
		// Of calls at once, the first to fail has begun the pause.
		if (this.failed.size < FAILED_IN_A_ROW || this.isPaused(now)) return;
		this.pauses += 1;
		this.pausedUntil = now + pauseOf(this.pauses, PAUSE_MS.ofAddress);
	}

	/** A pause that seems longer than any comes from a clock that was set back. */
	private isPaused(now: number): boolean {
		return this.pausedUntil > now && this.pausedUntil <= now + PAUSE_MS.ofAddress;
	}
}
