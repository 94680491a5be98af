import type { Store } from '../../../../nodes/WhatsAppCloud/store/store';
import { onEachEngine } from '../engines';
import { arrived, dayMs, start, webhookOf } from '../samples';
import { forBoth, idsOf, inboxSteps } from './inboxSteps';

onEachEngine('the inbox', (engine) => {
	let store: Store;
	beforeEach(async () => {
		store = await engine.open();
	});
	const { receive, take, claim, complete } = inboxSteps(() => store);
	const endAbandoned = async (maxAttempts: number, now: number) =>
		await store.inbox.endAbandoned('listener', maxAttempts, now);

	describe('claiming', () => {
		test('one execution gets the batch, as often as it asks', async () => {
			await receive([arrived('a')]);
			await take();
			const answers = await Promise.all(
				['1', '2', '3', '4'].map(async (id) => await claim('a', id)),
			);
			expect(answers.filter((answer) => answer !== null)).toHaveLength(1);
			const winner = String(answers.findIndex((answer) => answer !== null) + 1);
			expect(await claim('a', winner)).toEqual({
				contents: ['content of a'],
				attempt: 1,
				isErased: false,
			});
			await complete('a', 'another');
			expect(await claim('a', winner)).not.toBeNull();
			await complete('a', winner);
			expect(await claim('a', winner)).toBeNull();
			expect(await take(start + dayMs)).toEqual([]);
		});

		test('an execution that does not keep its claim gets the batch, and nobody after it', async () => {
			await receive([forBoth('a'), forBoth('b')]);
			const claims = await Promise.all(
				['1', '2', '3'].map(async (id) => {
					const options = { isKept: false };
					return await store.inbox.claim('listener a', id, 60_000, start, options);
				}),
			);
			const found = claims.filter((claimed) => claimed !== null);
			// PostgreSQL may lose the answer, so that the execution erases it afterwards.
			const isErased = store.engine === 'sqlite';
			expect(found).toEqual([{ contents: ['content of a'], attempt: 1, isErased }]);
			expect(await store.inbox.running(['listener a'])).toEqual(isErased ? [] : ['listener a']);
			expect(await store.inbox.claim('other a', 'x', 60_000, start)).toMatchObject({
				contents: ['content of a'],
			});
			expect(await store.inbox.unclaimed(['listener b'])).toEqual(['listener b']);
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
			expect(await claim('a', '2', second)).toMatchObject({ attempt: 2 });
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
