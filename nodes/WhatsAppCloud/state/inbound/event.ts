/**
 * What came of claiming an event.
 * - `new`: never seen; handle it.
 * - `unconfirmed`: claimed before and never confirmed, since whoever had it died or let it go;
 *   handle it.
 * - `inProgress`: claimed a moment ago by somebody who may still be at it; have it delivered again.
 * - `done`: handled.
 */
export type EventClaim = 'new' | 'unconfirmed' | 'inProgress' | 'done';

export interface EventStore {
	/**
	 * First step: claims events for a listener; of all that claim the same event at once, one gets it.
	 * A key that stands twice in one call is `inProgress` the second time.
	 *
	 * @param leaseMs how long a claim without confirmation counts as `inProgress`.
	 */
	claim(
		listenerId: string,
		eventKeys: readonly string[],
		leaseMs: number,
		now: number,
	): Promise<EventClaim[]>;

	/** Second step: the event is handled for good, whoever had claimed it. */
	confirm(listenerId: string, eventKeys: readonly string[], now: number): Promise<void>;

	/** Gives claims up, so that the next delivery is `unconfirmed` at once. Confirmed ones stay. */
	release(listenerId: string, eventKeys: readonly string[]): Promise<void>;
}
