/**
 * What came of claiming an event.
 * - `new`: never seen; handle it.
 * - `unconfirmed`: claimed before and never confirmed, since whoever had it died or let it go;
 *   handle it.
 * - `inProgress`: claimed a moment ago by somebody who may still be at it; have it delivered again.
 * - `done`: handled.
 */
export type EventClaim = 'new' | 'unconfirmed' | 'inProgress' | 'done';

/** Where an event stands for a listener, without claiming it. */
export type EventState = 'open' | 'inProgress' | 'done';

/** An event as it stands for one listener. */
export interface EventOfListener {
	listenerId: string;
	eventKey: string;
}

export interface SeenEventStore {
	/**
	 * First step: claims events for a listener; of all that claim the same event at once, one gets it.
	 * A key that stands twice in one call is `inProgress` the second time.
	 *
	 * @param leaseMs how long a claim that is neither renewed nor confirmed counts as `inProgress`.
	 * @param claimId name of the claim, unique among all processes, by which it is renewed and given
	 *   up. The same claim gets what it has got again.
	 */
	claim(
		listenerId: string,
		eventKeys: readonly string[],
		leaseMs: number,
		now: number,
		claimId?: string,
	): Promise<EventClaim[]>;

	/**
	 * Holds a claim on, also where its time was over and nobody has taken it.
	 *
	 * @returns for each event whether it is still this claim's and not done.
	 */
	renew(
		listenerId: string,
		eventKeys: readonly string[],
		claimId: string,
		leaseMs: number,
		now: number,
	): Promise<boolean[]>;

	/** What became of events so far. */
	look(events: readonly EventOfListener[], now: number): Promise<EventState[]>;

	/** Second step: the event is handled for good, whoever had claimed it. */
	confirm(listenerId: string, eventKeys: readonly string[], now: number): Promise<void>;

	/**
	 * Gives claims up, so that the next delivery is `unconfirmed` at once. Confirmed ones stay.
	 *
	 * @param claimId leaves alone what another claim has taken over meanwhile.
	 */
	release(listenerId: string, eventKeys: readonly string[], claimId?: string): Promise<void>;
}
