import type { Store } from '../../../../nodes/WhatsAppCloud/store/store';
import { intent, lease, sent, start } from '../samples';

/**
 * An operation store's calls for a single operation; unless told otherwise, at the start time and
 * by `owner-1`.
 *
 * @param store the store of the running test
 */
export const callsOf = (store: () => Store) => ({
	enqueueStarted: async (id: string, owner?: string, now = start, changes = {}) =>
		(await store().outbox.enqueue([intent(id, changes)], lease(owner), now, { start: true }))[0],
	enqueue: async (id: string, owner?: string, now = start, changes = {}) =>
		(await store().outbox.enqueue([intent(id, changes)], lease(owner), now))[0],
	complete: async (...[completion, now = start]: [ReturnType<typeof sent>, number?]) =>
		(await store().outbox.complete([completion], now))[0],
	startEntry: async (
		id: string,
		owner?: string,
		now = start,
		from: 'recorded' | 'unknown' | 'own' = 'recorded',
	) => (await store().outbox.start([id], from, lease(owner), now))[0],
	reclaim: async (owner: string, now: number, limit = 100) =>
		await store().outbox.reclaim({ accountKey: 'account', limit }, lease(owner), now),
	find: async (id: string, now = start) =>
		(await store().outbox.findByOperationId([id], now))[0] ?? null,
});
