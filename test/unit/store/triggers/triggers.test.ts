import { openStore } from '../../../../nodes/WhatsAppCloud/store/open';
import type {
	Listener,
	ReadListener,
} from '../../../../nodes/WhatsAppCloud/store/triggers/listenerStore';
import type { Store } from '../../../../nodes/WhatsAppCloud/store/store';
import { onEachEngine } from '../engines';
import { start } from '../samples';
import { present } from '../../../present';

onEachEngine('what triggers keep', (engine) => {
	let store: Store;
	beforeEach(async () => {
		store = await engine.open();
	});

	describe('listeners', () => {
		const listener = (listenerId: string, changes: Partial<Listener> = {}): Listener => ({
			listenerId,
			accountKey: 'account',
			workflowId: 'workflow',
			nodeId: 'node',
			nodeName: 'Trigger',
			isTest: false,
			address: 'http://127.0.0.1:5678/webhook/x',
			owner: 'process',
			leaseUntil: null,
			details: '{"replaced":null}',
			...changes,
		});

		test('living ones of the account, the oldest first', async () => {
			await store.listeners.register(listener('b'), start);
			await store.listeners.register(
				listener('c', { leaseUntil: start + 100, isTest: true }),
				start + 1,
			);
			await store.listeners.register(listener('a', { leaseUntil: null, address: null }), start + 2);
			await store.listeners.register(listener('x', { accountKey: 'other' }), start);
			expect(await store.listeners.list('account', start + 99)).toEqual([
				{ ...listener('b'), registeredAt: start, updatedAt: start },
				{
					...listener('c', { leaseUntil: start + 100, isTest: true }),
					registeredAt: start + 1,
					updatedAt: start + 1,
				},
				{ ...listener('a', { address: null }), registeredAt: start + 2, updatedAt: start + 2 },
			]);
			const later = await store.listeners.list('account', start + 100);
			expect(later.map(({ listenerId }) => listenerId)).toEqual(['b', 'a']);
		});

		const read = (listenerId: string, leaseUntil: number | null, updatedAt: number) => ({
			listenerId,
			leaseUntil,
			updatedAt,
		});

		test('leases, registering anew and removing', async () => {
			await store.listeners.register(listener('a', { leaseUntil: start + 100 }), start);
			const both = [read('a', start + 100, start), read('gone', null, start)];
			expect(await store.listeners.lease(both, start + 500, start + 50)).toEqual([true, false]);
			expect(await store.listeners.list('account', start + 499)).toHaveLength(1);
			const later = [read('a', start + 500, start + 50)];
			expect(await store.listeners.lease(later, null, start + 60)).toEqual([true]);
			expect(await store.listeners.list('account', start + 501)).toMatchObject([
				{ leaseUntil: null, updatedAt: start + 60 },
			]);
			await store.listeners.register(listener('a', { nodeName: 'New' }), start + 300);
			expect(await store.listeners.list('account', start)).toMatchObject([
				{ nodeName: 'New', registeredAt: start, updatedAt: start + 300, leaseUntil: null },
			]);
			expect(await store.listeners.remove(['a', 'gone', 'a'])).toEqual([true, false, true]);
			expect(await store.listeners.list('account', start)).toEqual([]);
		});

		test('are found by their IDs, whatever their account and lease', async () => {
			await store.listeners.register(listener('a', { leaseUntil: start - 1 }), start);
			await store.listeners.register(listener('b', { accountKey: 'other' }), start);
			const found = await store.listeners.find(['b', 'gone', 'a']);
			expect(found.sort((a, b) => (a.listenerId < b.listenerId ? -1 : 1))).toMatchObject([
				{ listenerId: 'a', accountKey: 'account', leaseUntil: start - 1 },
				{ listenerId: 'b', accountKey: 'other', leaseUntil: null },
			]);
		});

		test('move to another account with other details, and keep their age', async () => {
			for (const id of ['a', 'b']) await store.listeners.register(listener(id), start);
			const moving = ['a', 'gone'].map((id) => ({
				...read(id, null, start),
				details: '{"new":1}',
			}));
			expect(await store.listeners.move(moving, 'other', start + 50)).toEqual([true, false]);
			expect(await store.listeners.list('other', start)).toEqual([
				{
					...listener('a', { accountKey: 'other', details: '{"new":1}' }),
					registeredAt: start,
					updatedAt: start + 50,
				},
			]);
			expect(await store.listeners.list('account', start)).toMatchObject([{ listenerId: 'b' }]);
		});

		test.each([
			['lease', (seen: ReadListener) => store.listeners.lease([seen], start + 9, start + 9)],
			['removal', (seen: ReadListener) => store.listeners.removeUnchanged([seen])],
			[
				'move',
				(seen: ReadListener) =>
					store.listeners.move([{ ...seen, details: null }], 'other', start + 9),
			],
		])('a %s leaves alone what is not as it was read', async (_, change) => {
			const other = { ...listener('b'), registeredAt: start, updatedAt: start };
			await store.listeners.register(listener('b'), start);
			await store.listeners.register(listener('a'), start + 1);
			const now = [other, { ...listener('a'), registeredAt: start + 1, updatedAt: start + 1 }];
			// Registered again since, at another time or in the same millisecond; or gone.
			for (const seen of [
				read('a', null, start),
				read('a', start + 100, start + 1),
				read('gone', null, start),
			]) {
				expect(await change(seen)).toEqual([false]);
				expect(await store.listeners.list('account', start)).toEqual(now);
			}
			expect(await change(read('a', null, start + 1))).toEqual([true]);
			expect(await store.listeners.list('account', start + 9)).toEqual([other]);
		});
	});

	describe('registration records and counters', () => {
		const swap = async (expected: string | null, value: string | null) =>
			await store.registrationRecords.swap(
				{ accountKey: 'account', name: 'token', expected, value },
				start,
			);

		test('of all who create a record at once, one succeeds and all see the same', async () => {
			const config = engine.fresh();
			const stores = [await openStore(config), await openStore({ ...config, timeoutMs: 4_999 })];
			const answers = await Promise.all(
				Array.from({ length: 10 }, (_, index) =>
					present(stores[index % 2]).registrationRecords.swap(
						{ accountKey: 'account', name: 'token', expected: null, value: `value ${index}` },
						start,
					),
				),
			);
			expect(answers.filter(({ swapped }) => swapped)).toHaveLength(1);
			expect(new Set(answers.map(({ current }) => current?.value)).size).toBe(1);
			for (const each of stores) await each.close();
		});

		test('a record is changed or deleted only if it has the expected value', async () => {
			expect(await swap(null, null)).toEqual({ swapped: true, current: null });
			expect(await swap('x', 'y')).toEqual({ swapped: false, current: null });
			const current = { name: 'token', value: 'a', updatedAt: start };
			expect(await swap(null, 'a')).toEqual({ swapped: true, current });
			expect(await swap(null, 'b')).toEqual({ swapped: false, current });
			expect(await swap(null, null)).toEqual({ swapped: false, current });
			expect(await swap('b', null)).toEqual({ swapped: false, current });
			expect(await swap('a', 'b')).toMatchObject({ swapped: true, current: { value: 'b' } });
			expect(await swap('b', null)).toEqual({ swapped: true, current: null });
		});

		test('setting, reading and listing by prefix', async () => {
			for (const name of ['a:1', 'a:2', 'a_3', 'b:1']) {
				await store.registrationRecords.set('account', name, 'old', start);
				await store.registrationRecords.set('account', name, `of ${name}`, start + 1);
			}
			await store.registrationRecords.set('other', 'a:9', 'x', start);
			await store.registrationRecords.set('account', 'a:2', null, start);
			expect(await store.registrationRecords.get('account', 'a:1')).toEqual({
				name: 'a:1',
				value: 'of a:1',
				updatedAt: start + 1,
			});
			expect(await store.registrationRecords.get('account', 'a:2')).toBeNull();
			const names = (await store.registrationRecords.list('account', 'a')).map(({ name }) => name);
			expect(names).toEqual(['a:1', 'a_3']);
			expect(await store.registrationRecords.list('account', '')).toHaveLength(3);
		});

		test('no count is lost', async () => {
			const count = async (name: string, detail: string | null, now = start) =>
				await store.counters.increment([{ accountKey: 'account', name, by: 2, detail }], now);
			await Promise.all(Array.from({ length: 50 }, () => count('refused:signature', 'x')));
			await count('refused:signature', 'length', start + 9);
			await store.counters.increment(
				[
					{ accountKey: 'account', name: 'filtered', by: 1, detail: null },
					{ accountKey: 'account', name: 'filtered', by: 1, detail: null },
				],
				start,
			);
			expect(await store.counters.list('account', 'refused:')).toEqual([
				{ name: 'refused:signature', count: 102, lastAt: start + 9, lastDetail: 'length' },
			]);
			expect(await store.counters.list('account', '')).toMatchObject([
				{ name: 'filtered', count: 2 },
				{ count: 102 },
			]);
		});
	});
});
