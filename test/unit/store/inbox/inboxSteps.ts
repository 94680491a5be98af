import {
	loopOwner,
	type DueBatch,
	type ReceivedEvent,
} from '../../../../nodes/WhatsAppCloud/store/inbox/inboxStore';
import type { Store } from '../../../../nodes/WhatsAppCloud/store/store';
import { arrived, start, webhookOf } from '../samples';

/** The loop that takes batches unless a test names another one. */
export const OWNER = loopOwner('listener', '1');

/**
 * What happens to an event's batch, step by step. Times are in milliseconds since 1970.
 *
 * @param store the test's own, which is opened later
 */
export const inboxSteps = (store: () => Store) => ({
	receive: async (events: ReceivedEvent[], now = start) =>
		(await store().inbox.receive(webhookOf(events), now)).areNew,
	/** Renews the loop's lease first. */
	take: async (now = start, owner = OWNER, limit = 100, takesOver = false) => {
		await store().outbox.renewLease({ owner, leaseMs: 15_000 }, now);
		return await store().inbox.take({ listenerId: 'listener', owner, limit, takesOver }, now);
	},
	claim: async (key: string, executionId: string, now = start) =>
		await store().inbox.claim(`batch of ${key}`, executionId, 60_000, now),
	complete: async (key: string, executionId: string | null) =>
		await store().inbox.complete(`batch of ${key}`, executionId),
});

export const idsOf = (batches: readonly DueBatch[]): string[] =>
	batches.map(({ batchId }) => batchId);

/** An event that two triggers chose. */
export const forBoth = (eventKey: string): ReceivedEvent =>
	arrived(eventKey, {
		deliveries: ['listener', 'other'].map((listenerId) => ({
			listenerId,
			batchId: `${listenerId} ${eventKey}`,
			dueAt: 0,
		})),
	});
