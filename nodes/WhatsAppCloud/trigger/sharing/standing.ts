import type { SeenEventStore } from '../../store/seenEvents/seenEventStore';
import type { Clock } from '../../time/clock';
import { eventKey } from '../../events/eventKey';
import type { WebhookEvent } from '../../events/webhookEvent';
import { claimScope, mayWant, type KnownListener } from '../listeners/knownListeners';
import { CLAIM_WAIT_MS } from '../timeouts';

const POLL_MS = 500;

/**
 * How far a listener has got with those events of a webhook that it may want.
 * - `open`: it has not started on at least one of them; one that its filters keep out looks the
 *   same.
 * - `underWay`: it is still handling some and has handled the rest.
 * - `taken`: it has handled all of them.
 */
type Standing = 'open' | 'underWay' | 'taken';

/** @throws StateProblem */
export async function standingsOf(
	store: SeenEventStore,
	listeners: readonly KnownListener[],
	events: readonly WebhookEvent[],
	now: number,
): Promise<Standing[]> {
	const wanted = listeners.map((listener) => {
		const listenerId = claimScope(listener.listenerId, listener);
		const keys = events.filter((event) => mayWant(listener, event)).map(eventKey);
		return keys.map((key) => ({ listenerId, eventKey: key }));
	});
	const states = await store.look(wanted.flat(), now);
	let start = 0;
	return wanted.map(({ length }) => {
		const own = states.slice(start, (start += length));
		if (own.includes('open')) return 'open';
		return own.includes('inProgress') ? 'underWay' : 'taken';
	});
}

/**
 * The same, after giving those under way some time to finish.
 *
 * @throws StateProblem
 */
export async function settledStandingsOf(
	store: SeenEventStore,
	listeners: readonly KnownListener[],
	events: readonly WebhookEvent[],
	clock: Pick<Clock, 'now' | 'sleep'>,
): Promise<Standing[]> {
	for (let waitedMs = 0; ; waitedMs += POLL_MS) {
		const standings = await standingsOf(store, listeners, events, clock.now());
		const isOver = !standings.includes('underWay') || standings.includes('open');
		if (isOver || waitedMs >= CLAIM_WAIT_MS) return standings;
		await clock.sleep(POLL_MS);
	}
}
