/**
 * Result of claiming an event.
 * - `new`: never seen; handle it.
 * - `unconfirmed`: claimed before, but never confirmed: its owner died or released it; handle it.
 * - `inProgress`: claimed recently by an owner that may still be working on it; have it delivered
 *   again.
 * - `done`: handled.
 */
export type EventClaim = 'new' | 'unconfirmed' | 'inProgress' | 'done';

/** State of an event for a listener, without claiming it. */
export type EventState = 'open' | 'inProgress' | 'done';

/** An event for one listener. */
interface EventOfListener {
	listenerId: string;
	eventKey: string;
}

export interface SeenEventStore {
	/**
	 * First step: claims events for a listener. Of several concurrent claims of one event, one
	 * succeeds. A key that appears twice in one call is `inProgress` the second time.
	 *
	 * @param leaseMs how long a claim that is neither renewed nor confirmed counts as `inProgress`.
	 * @param claimId ID of the claim, unique across all processes, by which it is renewed and
	 *   released. Repeating a claim with the same ID succeeds again.
	 */
	claim(
		listenerId: string,
		eventKeys: readonly string[],
		leaseMs: number,
		now: number,
		claimId?: string,
	): Promise<EventClaim[]>;

	/**
	 * Extends a claim, even one that has run out, if nobody else has claimed the event since.
	 *
	 * @returns for each event, whether this claim still holds it and it is not done.
	 */
	renew(
		listenerId: string,
		eventKeys: readonly string[],
		claimId: string,
		leaseMs: number,
		now: number,
	): Promise<boolean[]>;

	/** The current state of events. */
	look(events: readonly EventOfListener[], now: number): Promise<EventState[]>;

	/** Second step: marks events as handled, whoever claimed them. */
	confirm(listenerId: string, eventKeys: readonly string[], now: number): Promise<void>;

	/**
	 * Releases claims, so that the next delivery is `unconfirmed` at once. Confirmed events stay so.
	 *
	 * @param claimId leaves alone events that another claim has taken since.
	 */
	release(listenerId: string, eventKeys: readonly string[], claimId?: string): Promise<void>;
}
