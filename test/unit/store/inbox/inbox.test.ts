import { openStore } from '../../../../nodes/WhatsAppCloud/store/open';
import {
	loopOwner,
	type DueBatch,
	type Hold,
	type ReceivedEvent,
} from '../../../../nodes/WhatsAppCloud/store/inbox/inboxStore';
import type { Store } from '../../../../nodes/WhatsAppCloud/store/store';
import { onEachEngine } from '../engines';
import { arrived, dayMs, start, status, webhookOf } from '../samples';

onEachEngine('the inbox', (engine) => {
	let store: Store;
	beforeEach(async () => {
		store = await engine.open();
	});

	const OWNER = loopOwner('listener', '1');
	const receive = async (events: ReceivedEvent[], now = start) =>
		await store.inbox.receive(webhookOf(events), now);
	const take = async (now = start, owner = OWNER, limit = 100, takesOver = false) => {
		await store.outbox.renewLease({ owner, leaseMs: 15_000 }, now);
		return await store.inbox.take({ listenerId: 'listener', owner, limit, takesOver }, now);
	};
	const idsOf = (batches: readonly DueBatch[]) => batches.map(({ batchId }) => batchId);
	const claim = async (key: string, executionId: string, now = start) =>
		await store.inbox.claim(`batch of ${key}`, executionId, 60_000, now);
	const complete = async (key: string, executionId: string | null) =>
		await store.inbox.complete(`batch of ${key}`, executionId);
	const endAbandoned = async (maxAttempts: number, now: number) =>
		await store.inbox.endAbandoned('listener', maxAttempts, now);
	const forBoth = (eventKey: string): ReceivedEvent =>
		arrived(eventKey, {
			deliveries: ['listener', 'other'].map((listenerId) => ({
				listenerId,
				batchId: `${listenerId} ${eventKey}`,
				dueAt: 0,
			})),
		});

	describe('receiving', () => {
		test('an event is new once for each trigger, for as long as its key is kept', async () => {
			expect(await receive([forBoth('a'), arrived('b')])).toEqual([[true, true], [true]]);
			expect(await receive([forBoth('a'), arrived('c')])).toEqual([[false, false], [true]]);
			await claim('b', 'execution');
			await complete('b', 'execution');
			expect(await receive([arrived('b')], start + 30 * dayMs)).toEqual([[false]]);
			expect(await take()).toHaveLength(2);
		});

		test('an event that stands twice in a webhook is new once', async () => {
			expect(await receive([arrived('a'), arrived('a')])).toEqual([[true], [false]]);
			expect((await claim('a', 'execution'))?.contents).toEqual(['content of a']);
		});

		test('two apps that bring the same event each keep what they can read', async () => {
			const [mine, others] = forBoth('a').deliveries;
			if (mine === undefined || others === undefined) throw new Error('two deliveries');
			await receive([arrived('a', { content: 'sealed by one', deliveries: [mine] })]);
			await receive([arrived('a', { content: 'sealed by the other', deliveries: [others] })]);
			const contentsOf = async (batchId: string) =>
				(await store.inbox.claim(batchId, 'x', 60_000, start))?.contents;
			expect(await contentsOf(mine.batchId)).toEqual(['sealed by one']);
			await store.inbox.complete(mine.batchId, 'x');
			expect(await contentsOf(others.batchId)).toEqual(['sealed by the other']);
		});

		test('of many deliveries at once, each event is new in one', async () => {
			const config = engine.fresh();
			const stores = [await openStore(config), await openStore({ ...config, timeoutMs: 29_999 })];
			const events = Array.from({ length: 20 }, (_, index) => arrived(`key ${index}`));
			const answers = await Promise.all(
				Array.from({ length: 10 }, async (_, index) => {
					const turned = [...events.slice(index), ...events.slice(0, index)];
					return await stores[index % 2]?.inbox.receive(webhookOf(turned), start);
				}),
			);
			expect(answers.flat(2).filter((isNew) => isNew === true)).toHaveLength(20);
			for (const each of stores) await each.close();
		});

		test('updates are written with the events, or nothing is', async () => {
			const whole = {
				statuses: [status('wamid.1', 'sent', start)],
				contacts: [
					{
						accountKey: 'account',
						contactKey: '49',
						at: start,
						fact: 'inbound' as const,
						phoneNumberId: 'n',
						messageId: null,
					},
				],
				links: [{ accountKey: 'account', waKey: '49', userKey: 'DE.1', at: start }],
				events: [arrived('a')],
			};
			const unusable = { ...whole, events: [arrived('a'), arrived('b', { orderKey: '' })] };
			await expect(store.inbox.receive(unusable, start)).rejects.toThrow(RangeError);
			expect(await store.statuses.timelines(['wamid.1'])).toEqual([null]);
			expect(await store.inbox.receive(whole, start)).toEqual([[true]]);
			expect(await store.statuses.timelines(['wamid.1'])).toMatchObject([{ sentAt: start }]);
			expect(await store.contacts.get('account', ['DE.1'])).toMatchObject([
				{ waKey: '49', inbound: { n: { at: start } } },
			]);
		});

		test('a webhook of 1,000 people is kept whole', async () => {
			const deliveries = [{ listenerId: 'listener', batchId: 'batch of all', dueAt: 0 }];
			const events = Array.from({ length: 1_000 }, (_, index) =>
				arrived(`key ${index}`, { deliveries, contactKey: `person ${index}` }),
			);
			expect((await receive(events)).flat().every(Boolean)).toBe(true);
			const [batch] = await take();
			expect(batch?.orderKeys).toHaveLength(1_000);
			const contents = events.map(({ content }) => content);
			expect((await claim('all', 'execution'))?.contents).toEqual(contents);
		});
	});

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
					emissions: 1,
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

		test('what a dead loop had is taken again, under the next number', async () => {
			await receive([arrived('a')]);
			await take();
			const other = loopOwner('listener', '2');
			expect(await take(start + 14_999, other)).toEqual([]);
			expect(await store.inbox.due(['listener'], start + 15_000)).toEqual(['listener']);
			expect(await take(start + 15_000, other)).toMatchObject([{ emissions: 2 }]);
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

	describe('claiming', () => {
		test('one execution gets the batch, as often as it asks', async () => {
			await receive([arrived('a')]);
			await take();
			const answers = await Promise.all(
				['1', '2', '3', '4'].map(async (id) => await claim('a', id)),
			);
			expect(answers.filter((answer) => answer !== null)).toHaveLength(1);
			const winner = String(answers.findIndex((answer) => answer !== null) + 1);
			expect(await claim('a', winner)).toEqual({ contents: ['content of a'], attempt: 1 });
			await complete('a', 'another');
			expect(await claim('a', winner)).not.toBeNull();
			await complete('a', winner);
			expect(await claim('a', winner)).toBeNull();
			expect(await take(start + dayMs)).toEqual([]);
		});

		test('an execution may come before or after its batch is taken', async () => {
			await receive([arrived('a')]);
			expect(await claim('a', 'early')).toMatchObject({ attempt: 1 });
			expect(await take()).toEqual([]);
		});

		test('content stays until the last trigger has begun, and is erased then', async () => {
			const kept = await engine.open();
			await kept.inbox.receive(webhookOf([forBoth('a')]), start);
			const contentLeft = async () => {
				const found = await kept.inbox.claim('other a', 'x', 60_000, start);
				return found?.contents.length ?? 0;
			};
			await kept.inbox.claim('listener a', 'x', 60_000, start);
			await kept.inbox.complete('listener a', 'x');
			expect(await contentLeft()).toBe(1);
			await kept.inbox.complete('other a', null);
			expect(await contentLeft()).toBe(0);
		});

		test('a trigger that gets an event while another one completes it finds its content', async () => {
			for (let round = 0; round < 20; round++) {
				const event = forBoth(`key ${round}`);
				const [mine, others] = event.deliveries;
				if (mine === undefined || others === undefined) throw new Error('two deliveries');
				await receive([{ ...event, deliveries: [mine] }]);
				await store.inbox.claim(mine.batchId, 'x', 60_000, start);
				await Promise.all([
					store.inbox.complete(mine.batchId, 'x'),
					receive([{ ...event, deliveries: [others] }]),
				]);
				const found = await store.inbox.claim(others.batchId, 'y', 60_000, start);
				expect(found?.contents).toEqual([event.content]);
			}
		});

		test('a claim that is not renewed starts again, so often, and is dropped then', async () => {
			await receive([arrived('a')]);
			await claim('a', '1');
			expect(await endAbandoned(2, start + 59_999)).toEqual({ restarted: [], dropped: [] });
			const renewed = await store.inbox.renewClaim('batch of a', '1', 60_000, start + 59_999);
			expect(renewed).toBe(true);
			const [second, third] = [start + 120_000, start + 300_000];
			expect(await endAbandoned(2, second)).toEqual({ restarted: ['batch of a'], dropped: [] });
			expect(await store.inbox.renewClaim('batch of a', '1', 60_000, second)).toBe(false);
			expect(idsOf(await take(second))).toEqual(['batch of a']);
			expect(await claim('a', '2', second)).toEqual({ contents: ['content of a'], attempt: 2 });
			expect(await claim('a', '1', second)).toBeNull();
			expect(await endAbandoned(2, third)).toEqual({ restarted: [], dropped: ['batch of a'] });
			expect(await claim('a', '3', third)).toBeNull();
		});

		test('a clock that was set back does not keep a claim for long', async () => {
			await receive([arrived('a')]);
			await claim('a', '1', start + dayMs);
			expect(await endAbandoned(2, start)).toMatchObject({ restarted: ['batch of a'] });
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

	test('dropping leaves alone what has begun and what came later', async () => {
		await receive([arrived('begun'), arrived('waits')]);
		await claim('begun', '1');
		await receive([arrived('later')], start + 1_000);
		expect(await store.inbox.drop('listener', start + 1_000)).toBe(1);
		expect(idsOf(await take(start + 1_000))).toEqual(['batch of later']);
		expect(await claim('begun', '1')).not.toBeNull();
	});

	test('a backlog tells what waits, since when, and whether a loop is there', async () => {
		await receive([arrived('a')]);
		await receive([arrived('b'), arrived('c')], start + 1_000);
		await claim('a', '1');
		const ids = ['listener', 'other'];
		expect(await store.inbox.backlogs(ids, start + 1_000)).toEqual([
			{ listenerId: 'listener', waiting: 2, oldestAt: start + 1_000, claimed: 1, isAlive: false },
			{ listenerId: 'other', waiting: 0, oldestAt: null, claimed: 0, isAlive: false },
		]);
		await take(start + 1_000);
		expect(await store.inbox.backlogs(ids, start + 2_000)).toMatchObject([
			{ waiting: 2, isAlive: true },
			{ isAlive: false },
		]);
	});
});
