import { randomUUID } from 'node:crypto';

import type { Clock } from '../../time/clock';
import type { SeenEventStore } from '../../store/seenEvents/seenEventStore';
import type { WebhookEvent } from '../../events/webhookEvent';
import { eventKey } from '../../events/eventKey';
import { CLAIM_LEASE_MS, CLAIM_WAIT_MS } from '../timeouts';

const POLL_MS = 150;

/** The events this delivery has to handle. */
export type Claim =
	| {
			outcome: 'claimed';
			events: WebhookEvent[];
			keys: string[];
			repeated: number;
			claimId: string;
	  }
	/** Another delivery is handling some of them, and its outcome is still open. */
	| { outcome: 'busy' };

/**
 * Claims the events that nobody has handled. Waits for events that another delivery is handling; if
 * that does not finish in time, releases all claims, so that Meta delivers again.
 *
 * @param scope Name of the listener; each listener handles every event once.
 * @throws StateProblem
 */
export async function claimEvents(
	store: SeenEventStore,
	scope: string,
	events: readonly WebhookEvent[],
	clock: Pick<Clock, 'now' | 'sleep'>,
): Promise<Claim> {
	// An event that appears twice in a webhook counts once.
	const byKey = new Map<string, WebhookEvent>();
	for (const event of events) if (!byKey.has(eventKey(event))) byKey.set(eventKey(event), event);
	const claimId = randomUUID();
	const mine = new Set<string>();
	const deadline = clock.now() + CLAIM_WAIT_MS;
	for (let open = [...byKey.keys()]; open.length > 0;) {
		const claims = await store.claim(scope, open, CLAIM_LEASE_MS, clock.now(), claimId);
		open.forEach((key, index) => {
			if (claims[index] === 'new' || claims[index] === 'unconfirmed') mine.add(key);
		});
		open = open.filter((_, index) => claims[index] === 'inProgress');
		if (open.length === 0) break;
		if (clock.now() >= deadline) {
			await store.release(scope, [...mine], claimId);
			return { outcome: 'busy' };
		}
		await clock.sleep(POLL_MS);
	}
	const keys = [...mine];
	return {
		outcome: 'claimed',
		events: [...byKey].flatMap(([key, event]) => (mine.has(key) ? event : [])),
		keys,
		repeated: events.length - keys.length,
		claimId,
	};
}

/** The part of a response that signals when it has been answered. */
export interface AnswerSignal {
	readonly statusCode: number;
	once(name: 'prefinish', listener: () => void): unknown;
}

/**
 * Calls back once the host has answered. If the client is gone by then, Node emits `prefinish` but
 * no `finish`; the host has accepted the execution anyway.
 */
export function onAnswer(response: AnswerSignal, settle: (is200: boolean) => void): void {
	response.once('prefinish', () => settle(response.statusCode === 200));
}
