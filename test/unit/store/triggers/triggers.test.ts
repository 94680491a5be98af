import { openStore } from '../../../../nodes/WhatsAppCloud/store/open';
import type {
	Listener,
	ReadListener,
} from '../../../../nodes/WhatsAppCloud/store/triggers/listenerStore';
import type { Store } from '../../../../nodes/WhatsAppCloud/store/store';
import { onEachEngine } from '../engines';
import { dayMs, start } from '../samples';
import { present } from '../../../present';

onEachEngine('what triggers keep', (engine) => {
	let store: Store;
	beforeEach(async () => {
		store = await engine.open();
	});

	describe('events', () => {
		const claim = async (keys: string[], now = start, listenerId = 'one') =>
			await store.seenEvents.claim(listenerId, keys, 30_000, now);

		test('are new once; done after they are confirmed', async () => {
			expect(await claim(['a', 'b'])).toEqual(['new', 'new']);
			expect(await claim(['b', 'c'])).toEqual(['inProgress', 'new']);
			await store.seenEvents.confirm('one', ['a', 'b'], start + 5);
			expect(await claim(['a', 'b', 'c'], start + dayMs)).toEqual(['done', 'done', 'unconfirmed']);
		});

		test('an unconfirmed claim is accepted again after its time, by one', async () => {
			await claim(['a']);
			expect(await claim(['a'], start + 29_999)).toEqual(['inProgress']);
			expect(await claim(['a'], start + 30_000)).toEqual(['unconfirmed']);
			expect(await claim(['a'], start + 30_001)).toEqual(['inProgress']);
		});

		test('a claim that was given up is accepted again at once; a confirmed one is not', async () => {
			await claim(['a', 'b']);
			await store.seenEvents.confirm('one', ['b'], start);
			await store.seenEvents.release('one', ['a', 'b', 'none']);
			expect(await claim(['a', 'b', 'none'])).toEqual(['unconfirmed', 'done', 'new']);
		});

		test('a claim that is renewed holds; once taken over it does not any more', async () => {
			const claimBy = async (claimId: string, now: number) =>
				await store.seenEvents.claim('one', ['a', 'b'], 30_000, now, claimId);
			const renew = async (claimId: string, now: number) =>
				await store.seenEvents.renew('one', ['a', 'b'], claimId, 30_000, now);
			expect(await claimBy('first', start)).toEqual(['new', 'new']);
			expect(await renew('first', start + 20_000)).toEqual([true, true]);
			expect(await claimBy('second', start + 40_000)).toEqual(['inProgress', 'inProgress']);
			await store.seenEvents.confirm('one', ['b'], start + 41_000);
			expect(await renew('first', start + 60_000)).toEqual([true, false]);
			expect(await claimBy('second', start + 90_000)).toEqual(['unconfirmed', 'done']);
			expect(await renew('first', start + 90_001)).toEqual([false, false]);
			await store.seenEvents.release('one', ['a'], 'first');
			expect(await claimBy('third', start + 90_002)).toEqual(['inProgress', 'done']);
			await store.seenEvents.release('one', ['a'], 'second');
			expect(await renew('second', start + 90_003)).toEqual([false, false]);
			expect(await claimBy('third', start + 90_004)).toEqual(['unconfirmed', 'done']);
		});

		test('claims at once are renewed and given up each by its own name', async () => {
			await store.seenEvents.claim('one', ['a'], 30_000, start, 'first');
			const renewed = await Promise.all(
				['second', 'first'].map((name) =>
					store.seenEvents.renew('one', ['a'], name, 60_000, start),
				),
			);
			expect(renewed).toEqual([[false], [true]]);
			await Promise.all(
				['second', 'first'].map((name) => store.seenEvents.release('one', ['a'], name)),
			);
			expect(await claim(['a'])).toEqual(['unconfirmed']);
		});

		test('a look changes nothing and sees what a claim would get', async () => {
			await claim(['held', 'over', 'done', 'given up']);
			await store.seenEvents.confirm('one', ['done'], start);
			await store.seenEvents.release('one', ['given up']);
			await store.seenEvents.renew('one', ['held'], 'nobody', 30_000, start);
			await claim(['held late'], start + 20_000);
			const keys = ['held late', 'over', 'done', 'given up', 'never', 'over'];
			const look = async (now: number) =>
				await store.seenEvents.look(
					keys.map((eventKey) => ({ listenerId: 'one', eventKey })),
					now,
				);
			const atOnce = ['inProgress', 'inProgress', 'done', 'open', 'open', 'inProgress'];
			expect(await look(start + 20_000)).toEqual(atOnce);
			const later = ['inProgress', 'open', 'done', 'open', 'open', 'open'];
			expect(await look(start + 30_000)).toEqual(later);
			expect(await look(start - 120_000)).toEqual(['open', 'open', 'done', 'open', 'open', 'open']);
			expect(await store.seenEvents.look([{ listenerId: 'two', eventKey: 'done' }], start)).toEqual(
				['open'],
			);
		});

		test('each listener has its own', async () => {
			await claim(['a']);
			await store.seenEvents.confirm('one', ['a'], start);
			expect(await claim(['a'], start, 'two')).toEqual(['new']);
			expect(await claim(['e\na'], start, 'on')).toEqual(['new']);
		});

		test('a key that stands twice in a call, and many callers for the same keys', async () => {
			expect(await claim(['a', 'a'])).toEqual(['new', 'inProgress']);
			const keys = Array.from({ length: 30 }, (_, index) => `key ${index}`);
			const answers = await Promise.all(Array.from({ length: 10 }, () => claim(keys)));
			expect(answers.flat().filter((answer) => answer === 'new')).toHaveLength(30);
		});

		test('a clock that is set back does not hold an event up', async () => {
			await claim(['a'], start + dayMs);
			expect(await claim(['a'], start)).toEqual(['unconfirmed']);
			await claim(['b'], start + 10_000);
			expect(await claim(['b'], start)).toEqual(['inProgress']);
		});

		test('confirming what was never claimed makes it done', async () => {
			await store.seenEvents.confirm('one', ['a', 'a'], start);
			expect(await claim(['a'])).toEqual(['done']);
		});

		test('keys may be long, but not empty', async () => {
			expect(await claim(['x'.repeat(4_096)])).toEqual(['new']);
			await expect(claim([''])).rejects.toThrow(RangeError);
		});
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

		test.each([
			['lease', (seen: ReadListener) => store.listeners.lease([seen], start + 9, start + 9)],
			['removal', (seen: ReadListener) => store.listeners.removeUnchanged([seen])],
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
