import type { Store } from '../../../../nodes/WhatsAppCloud/store/store';
import { onEachEngine } from '../engines';
import { dayMs, failed, intent, lease, sent, start } from '../samples';
import { callsOf } from './calls';

onEachEngine('operations between owners', (engine) => {
	let store: Store;
	beforeEach(async () => {
		store = await engine.open();
	});
	const { enqueueStarted, enqueue, complete, startEntry, reclaim, find } = callsOf(() => store);

	describe('enqueuing and starting', () => {
		test("an enqueued one is its owner's to start, once", async () => {
			expect(await enqueue('a')).toEqual({ outcome: 'claimed' });
			expect(await find('a')).toMatchObject({ state: 'recorded' });
			expect(await startEntry('a', 'owner-2')).toBe(false);
			expect(await startEntry('a', 'owner-1')).toBe(true);
			expect(await startEntry('a', 'owner-1')).toBe(false);
			expect(await find('a')).toMatchObject({ state: 'sending' });
		});

		test('of one started twice in one call only the first gets it', async () => {
			await enqueue('a');
			expect(await store.outbox.start(['a', 'a', 'none'], 'recorded', lease(), start)).toEqual([
				true,
				false,
				false,
			]);
		});

		test('the owner may enqueue again what it has enqueued, or start it at once; others may not', async () => {
			await enqueue('a');
			expect(await enqueue('a', 'owner-2')).toMatchObject({ outcome: 'busy' });
			expect(await enqueue('a')).toEqual({ outcome: 'claimed' });
			expect(await enqueueStarted('a')).toEqual({ outcome: 'claimed' });
		});

		test('what a dead owner enqueued can be started or enqueued again', async () => {
			await enqueue('a');
			await enqueue('b');
			expect(await startEntry('a', 'owner-2', start + 29_999)).toBe(false);
			expect(await startEntry('a', 'owner-2', start + 30_000)).toBe(true);
			expect(await enqueueStarted('b', 'owner-2', start + 30_000)).toEqual({ outcome: 'claimed' });
		});

		test('an unknown one is started only if asked for', async () => {
			await enqueueStarted('a');
			await complete({ ...failed('a'), state: 'unknown' });
			expect(await startEntry('a', 'owner-2', start, 'recorded')).toBe(false);
			expect(await startEntry('a', 'owner-2', start, 'unknown')).toBe(true);
			expect(await startEntry('a', 'owner-3', start, 'unknown')).toBe(false);
		});
	});

	describe('leases', () => {
		test('renewing keeps everything of the owner alive with one write', async () => {
			await enqueue('a');
			await enqueueStarted('b');
			await store.outbox.renewLease(lease(), start + 25_000);
			expect(await enqueueStarted('a', 'owner-2', start + 50_000)).toMatchObject({
				outcome: 'busy',
			});
			expect(await enqueueStarted('b', 'owner-2', start + 50_000)).toMatchObject({
				outcome: 'busy',
			});
			expect(await enqueueStarted('a', 'owner-2', start + 55_000)).toMatchObject({
				outcome: 'claimed',
			});
		});

		test('enqueuing extends the lease as well', async () => {
			await enqueue('a');
			await enqueueStarted('b', 'owner-1', start + 25_000);
			expect(await enqueueStarted('a', 'owner-2', start + 50_000)).toMatchObject({
				outcome: 'busy',
			});
		});

		test('releasing ends it at once; enqueuing begins a new one', async () => {
			await enqueue('a');
			await enqueueStarted('b');
			await store.outbox.releaseLease('owner-1', start);
			expect(await reclaim('owner-2', start)).toMatchObject({
				entries: [{ operationId: 'a' }],
				becameUnknown: 1,
			});
			await enqueueStarted('c', 'owner-1', start + 1);
			expect(await enqueueStarted('c', 'owner-2', start + 2)).toMatchObject({ outcome: 'busy' });
		});

		test('after the clock jumped back by more than an hour a lease does not last for ever', async () => {
			await enqueue('a', 'owner-1', start + 10 * dayMs, { expiresAt: start + 20 * dayMs });
			expect(await startEntry('a', 'owner-2', start)).toBe(true);
		});

		test('after the clock jumped back by less, the owner keeps it', async () => {
			await enqueue('a', 'owner-1', start);
			expect(await startEntry('a', 'owner-2', start - 60_000)).toBe(false);
		});

		test('a lease that is too short or too long is refused', async () => {
			await expect(
				store.outbox.enqueue([intent('a')], lease('o', 999), start, { start: true }),
			).rejects.toThrow(RangeError);
			await expect(store.outbox.renewLease(lease('o', 3_600_001), start)).rejects.toThrow(
				'leaseMs must be 1000 to 3600000',
			);
		});
	});

	describe('reclaiming', () => {
		const campaign = (size: number): ReturnType<typeof intent>[] =>
			Array.from({ length: size }, (_, itemIndex) =>
				intent(`item-${itemIndex}`, { itemIndex, campaign: 'spring' }),
			);

		test('what the dead left enqueued, in its order, in parts; what they were sending is unknown', async () => {
			await store.outbox.enqueue(campaign(10), lease(), start);
			await store.outbox.start(['item-0', 'item-1'], 'recorded', lease(), start);
			await complete(sent('item-0'));
			const later = start + 60_000;
			const first = await reclaim('owner-2', later, 5);
			expect(first.becameUnknown).toBe(1);
			expect(first.entries.map(({ itemIndex }) => itemIndex)).toEqual([2, 3, 4, 5, 6]);
			expect(first.entries[0]).toMatchObject({
				state: 'recorded',
				leaseOwner: 'owner-2',
				leaseUntil: later + 30_000,
				body: '{"type":"text"}',
			});
			const second = await reclaim('owner-3', later, 5);
			expect(second.entries.map(({ itemIndex }) => itemIndex)).toEqual([7, 8, 9]);
			expect((await reclaim('owner-4', later, 5)).entries).toEqual([]);
			expect(await find('item-1')).toMatchObject({ state: 'unknown' });
		});

		test('nothing of the living, of other accounts, of other campaigns or expired', async () => {
			await store.outbox.enqueue(campaign(2), lease(), start);
			await enqueue('other', 'owner-1', start, { accountKey: 'b' });
			expect(await reclaim('owner-2', start + 10)).toEqual({ entries: [], becameUnknown: 0 });
			const ask = async (changes: object, now: number) =>
				(
					await store.outbox.reclaim(
						{ accountKey: 'account', limit: 10, ...changes },
						lease('owner-2'),
						now,
					)
				).entries.length;
			expect(await ask({ campaign: 'autumn' }, start + 60_000)).toBe(0);
			expect(await ask({ workflowId: 'x' }, start + 60_000)).toBe(0);
			expect(await ask({}, start + 8 * dayMs)).toBe(0);
			expect(await ask({ campaign: 'spring', executionId: 'execution' }, start + 60_000)).toBe(2);
		});

		test('several at once share it without overlap', async () => {
			await store.outbox.enqueue(campaign(60), lease(), start);
			const reclaimed = await Promise.all(
				Array.from({ length: 6 }, (_, index) => reclaim(`heir-${index}`, start + 60_000, 10)),
			);
			const ids = reclaimed.flatMap(({ entries }) => entries.map(({ operationId }) => operationId));
			expect(new Set(ids).size).toBe(ids.length);
			const rest = await reclaim('last', start + 60_000, 60);
			expect(ids.length + rest.entries.length).toBe(60);
		});
	});
});
