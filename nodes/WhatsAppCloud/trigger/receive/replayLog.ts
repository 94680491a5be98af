import { minuteMs } from '../../time/durations';

/** How often dropped replays are logged, in milliseconds: anybody can send them. */
const LOG_EVERY_MS = minuteMs;

/** What one trigger has dropped and not logged yet. */
interface Dropped {
	count: number;
	loggedAt: number;
}

/**
 * Logs dropped replays for each trigger separately. A clock that is far ahead makes every new
 * message look like a replay, so dropping is never silent.
 */
export class ReplayLog {
	private readonly byTrigger = new Map<string, Dropped>();

	/**
	 * @param listenerId The trigger that dropped them.
	 * @param dropped How many events of the webhook it dropped as replays.
	 * @param now The current time by this machine's clock, in milliseconds since 1970.
	 * @returns a line for the log; `null` if there is none, or it is too early for another
	 */
	add(listenerId: string, dropped: number, now: number): string | null {
		const before = this.byTrigger.get(listenerId);
		const count = (before?.count ?? 0) + dropped;
		if (count === 0) return null;
		const loggedAt = before?.loggedAt ?? -Infinity;
		if (now >= loggedAt && now - loggedAt < LOG_EVERY_MS) {
			this.byTrigger.set(listenerId, { count, loggedAt });
			return null;
		}
		this.byTrigger.set(listenerId, { count: 0, loggedAt: now });
		return `${count} messages or statuses were dropped, because they are older than "Drop Replays Older Than" allows; if they were new, the clock of this machine is wrong: it says ${new Date(now).toISOString()}`;
	}
}
