import type { Store } from '../../../../nodes/WhatsAppCloud/store/store';
import { intent, lease, sent, start } from '../samples';

/**
 * The calls of an operation store for one operation each, at the beginning and by `owner-1` unless
 * something else is said.
 *
 * @param store the store of the test that runs
 */
export const callsOf = (store: () => Store) => ({
	claim: async (id: string, owner?: string, now = start, changes = {}) =>
		(await store().operations.claim([intent(id, changes)], lease(owner), now))[0],
	record: async (id: string, owner?: string, now = start, changes = {}) =>
		(await store().operations.record([intent(id, changes)], lease(owner), now))[0],
	settle: async (...[settlement, now = start]: [ReturnType<typeof sent>, number?]) =>
		(await store().operations.settle([settlement], now))[0],
	take: async (
		id: string,
		owner?: string,
		now = start,
		from: 'recorded' | 'unknown' | 'own' = 'recorded',
	) => (await store().operations.take([id], from, lease(owner), now))[0],
	adopt: async (owner: string, now: number, limit = 100) =>
		await store().operations.adopt({ accountKey: 'account', limit }, lease(owner), now),
	find: async (id: string, now = start) =>
		(await store().operations.findByOperationId([id], now))[0] ?? null,
});
