import {
	loopOwner,
	type Hold,
	type ReceivedEvent,
} from '../../../../nodes/WhatsAppCloud/store/inbox/inboxStore';
import type { Store } from '../../../../nodes/WhatsAppCloud/store/store';
import { onEachEngine } from '../engines';
import { arrived, start, webhookOf } from '../samples';
import { idsOf, inboxSteps, OWNER } from './inboxSteps';

onEachEngine('the inbox', (engine) => {
	let store: Store;
	beforeEach(async () => {
		store = await engine.open();
	});
	const { receive, take, claim, complete } = inboxSteps(() => store);

	describe('taking', () => {
		test('what is due goes to one loop, the oldest first', async () => {
			await receive([
				arrived('late', { occurredAt: start - 1_000 }),
				arrived('early', { occurredAt: start - 2_000 }),
			]);
			expect(await store.inbox.due(['listener', 'other'], start)).toEqual(['listener']);
			expect(await take()).toEqual([
				{
					batchId: 'batch of early',
					orderKeys: ['order of early'],
					occurredAt: start - 2_000,
				},
				expect.objectContaining({ batchId: 'batch of late' }),
			]);
			expect(await take()).toEqual([]);
			expect(await take(start, loopOwner('listener', '2'))).toEqual([]);
			expect(await store.inbox.due(['listener', 'other'], start)).toEqual([]);
		});

		test('a limit counts batches, and a batch comes whole', async () => {
			const deliveries = [{ listenerId: 'listener', batchId: 'batch of two', dueAt: 0 }];
			await receive([
				arrived('a', { deliveries, orderKey: 'x' }),
				arrived('b', { deliveries, orderKey: 'y', occurredAt: start - 5 }),
				arrived('c', { occurredAt: start + 1 }),
			]);
			const [first, ...others] = await take(start, OWNER, 1);
			expect(others).toEqual([]);
			expect(first).toMatchObject({ batchId: 'batch of two', occurredAt: start - 5 });
			expect(first?.orderKeys.sort()).toEqual(['x', 'y']);
			expect(idsOf(await take(start, OWNER, 1))).toEqual(['batch of c']);
		});

		test('what is due later waits, and what is due at once does not depend on the clock', async () => {
			const later = [{ listenerId: 'listener', batchId: 'batch of later', dueAt: start + 100 }];
			await receive([arrived('later', { deliveries: later }), arrived('now')]);
			expect(idsOf(await take(start - 60_000))).toEqual(['batch of now']);
			expect(idsOf(await take(start + 99))).toEqual([]);
			expect(idsOf(await take(start + 100))).toEqual(['batch of later']);
		});

		test('what a dead loop had is taken again', async () => {
			await receive([arrived('a')]);
			await take();
			const other = loopOwner('listener', '2');
			expect(await take(start + 14_999, other)).toEqual([]);
			expect(await store.inbox.due(['listener'], start + 15_000)).toEqual(['listener']);
			expect(await take(start + 15_000, other)).toMatchObject([{ batchId: 'batch of a' }]);
		});

		test('a loop that takes over gets what another one or itself has, unless it has an execution', async () => {
			await receive([arrived('a'), arrived('b')]);
			await take();
			await claim('b', 'execution');
			for (const owner of [loopOwner('listener', '2'), OWNER, OWNER]) {
				expect(idsOf(await take(start, owner))).toEqual([]);
				expect(idsOf(await take(start, owner, 100, true))).toEqual(['batch of a']);
			}
			expect(await store.inbox.unclaimed(['batch of a', 'batch of b'])).toEqual(['batch of a']);
		});
	});

	describe('giving what arrives to a loop of the process', () => {
		const at = (key: string, changes: Partial<ReceivedEvent> = {}): ReceivedEvent =>
			arrived(key, {
				deliveries: [{ listenerId: 'listener', batchId: `batch of ${key}`, dueAt: 0, loop: OWNER }],
				...changes,
			});
		const receiveFor = async (...events: ReceivedEvent[]) => {
			await store.outbox.renewLease({ owner: OWNER, leaseMs: 15_000 }, start);
			const { given } = await store.inbox.receive(webhookOf(events), start);
			return idsOf(given.get(OWNER) ?? []);
		};
		// An answer of PostgreSQL may get lost: the loop would never hear of what it has.
		const givesBatches = engine.name === 'sqlite';

		test('it has the batch as if it had taken it', async () => {
			const given = await receiveFor(at('a'), at('b', { occurredAt: start - 1 }));
			expect(given).toEqual(givesBatches ? ['batch of b', 'batch of a'] : []);
			expect(await store.inbox.due(['listener'], start)).toEqual(givesBatches ? [] : ['listener']);
			const claimed = await store.inbox.claim('batch of a', '1', 1_000, start, { isKept: false });
			expect(claimed?.contents).toEqual(['content of a']);
			const other = loopOwner('listener', '2');
			expect(idsOf(await take(start + 15_000, other))).toEqual(['batch of b']);
		});

		test('a repeated event is not given again', async () => {
			await receiveFor(at('a'));
			expect(await receiveFor(at('a'))).toEqual([]);
		});

		test('what was there before comes first', async () => {
			await receive([arrived('first', { orderKey: 'person' })]);
			expect(await receiveFor(at('second', { orderKey: 'person' }))).toEqual([]);
			expect(idsOf(await take())).toEqual(['batch of first', 'batch of second']);
		});

		test('a batch is given whole, and not what waits for others', async () => {
			await receive([arrived('first', { orderKey: 'person' })]);
			const deliveries = [
				{ listenerId: 'listener', batchId: 'batch of both', dueAt: 0, loop: OWNER },
			];
			const both = [at('x', { deliveries }), at('y', { deliveries, orderKey: 'person' })];
			expect(await receiveFor(...both)).toEqual([]);
			const hold = { longestMs: 20_000, mostEvents: 4, isLast: false };
			const held = [
				{ listenerId: 'listener', batchId: 'held', dueAt: start + 8_000, hold, loop: OWNER },
			];
			expect(await receiveFor(at('z', { deliveries: held, contactKey: 'c' }))).toEqual([]);
			expect(idsOf(await take())).toEqual(['batch of both', 'batch of first']);
		});
	});

	describe('what waits for others of its contact', () => {
		const held = (key: string, now: number, changes: Partial<Hold> = {}): ReceivedEvent =>
			arrived(key, {
				contactKey: 'person',
				deliveries: [
					{
						listenerId: 'listener',
						batchId: `batch of ${key}`,
						dueAt: now + 8_000,
						hold: { longestMs: 20_000, mostEvents: 4, isLast: false, ...changes },
					},
				],
			});

		test('starts together, once it is quiet', async () => {
			await receive([held('a', start)]);
			await receive([held('b', start + 5_000)], start + 5_000);
			await receive([arrived('other', { contactKey: 'person' })], start + 5_000);
			expect(idsOf(await take(start + 12_999))).toEqual(['batch of other']);
			expect(await store.inbox.due(['listener'], start + 13_000)).toEqual(['listener']);
			expect(idsOf(await take(start + 13_000))).toEqual(['batch of a']);
			expect((await claim('a', '1', start + 13_000))?.contents).toEqual([
				'content of a',
				'content of b',
			]);
		});

		test('waits no longer than its longest time, its most events, or the last one', async () => {
			for (const atMs of [0, 7_000, 14_000]) {
				await receive([held(`slow ${atMs}`, start + atMs)], start + atMs);
			}
			expect(await take(start + 19_999)).toEqual([]);
			expect(await take(start + 20_000)).toHaveLength(1);

			const later = start + 60_000;
			await receive(
				['a', 'b', 'c', 'd'].map((key) => held(key, later)),
				later,
			);
			expect(idsOf(await take(later))).toEqual(['batch of a']);
			await receive([held('e', later)], later);
			await receive([held('f', later, { isLast: true })], later);
			expect(idsOf(await take(later))).toEqual(['batch of e']);
		});

		test('of many webhooks at once, all starts together', async () => {
			const keys = Array.from({ length: 10 }, (_, index) => `${index}`);
			await Promise.all(
				keys.map(async (key) => await receive([held(key, start, { mostEvents: 100 })])),
			);
			const [batch, ...others] = await take(start + 8_000);
			expect(others).toEqual([]);
			expect(batch?.orderKeys).toHaveLength(10);
		});
	});

	test('one execution per contact: the next is taken when the last is complete', async () => {
		const contactKey = 'person';
		await receive([
			arrived('a', { contactKey }),
			arrived('b', { contactKey: 'another person' }),
			arrived('c'),
		]);
		const request = {
			listenerId: 'listener',
			owner: OWNER,
			limit: 100,
			takesOver: false,
			onePerContact: true,
		};
		const takeAlone = async () => {
			await store.outbox.renewLease({ owner: OWNER, leaseMs: 15_000 }, start);
			return idsOf(await store.inbox.take(request, start));
		};
		expect(await takeAlone()).toEqual(['batch of a', 'batch of b', 'batch of c']);
		await receive([arrived('d', { contactKey })]);
		expect(await takeAlone()).toEqual([]);
		await claim('a', '1');
		expect(await takeAlone()).toEqual([]);
		expect(await store.inbox.running(['batch of a', 'batch of b'])).toEqual(['batch of a']);
		await complete('a', '1');
		expect(await store.inbox.running(['batch of a'])).toEqual([]);
		expect(await takeAlone()).toEqual(['batch of d']);
	});
});
