import type { Store } from '../../../../nodes/WhatsAppCloud/store/store';
import type {
	CapCount,
	CappedStart,
} from '../../../../nodes/WhatsAppCloud/store/outbox/outboxStore';
import { onEachEngine } from '../engines';
import { childProcesses } from '../processes';
import { failed, intent, lease, sent, start, status } from '../samples';
import { callsOf } from './calls';

jest.setTimeout(60_000);

const hourMs = 3_600_000;
const ada = intent('any').recipientKey;

onEachEngine('messages of one person', (engine) => {
	const startChild = childProcesses();
	let store: Store;
	beforeEach(async () => {
		store = await engine.open();
	});
	const { enqueue, enqueueStarted, complete, reclaim, find } = callsOf(() => store);

	const capOf = (changes: Partial<CapCount> = {}): CapCount => ({
		accountKey: 'account',
		contactKeys: [ada],
		since: start - hourMs,
		category: null,
		ownCategory: null,
		most: 1,
		...changes,
	});
	const capped = (operationId: string, changes: Partial<CappedStart> = {}): CappedStart => ({
		operationId,
		from: 'recorded',
		...capOf(),
		...changes,
	});
	const startWithin = async (...starts: CappedStart[]) =>
		await store.outbox.startWithin(starts, lease(), start);
	const sentTo = async (changes: Partial<CappedStart> = {}) =>
		(await store.outbox.sentTo(capped('any', changes))).map(({ operationId }) => operationId);

	test('what may have gone counts, and what did not go does not', async () => {
		for (const id of ['sent', 'sending', 'unknown', 'failed', 'cancelled', 'blocked']) {
			await enqueueStarted(id);
		}
		await enqueue('waiting');
		await complete(sent('sent'));
		await complete({ operationId: 'unknown', owner: 'owner-1', state: 'unknown' });
		await complete(failed('failed'));
		await complete({ operationId: 'cancelled', owner: 'owner-1', state: 'cancelled' });
		await complete({ operationId: 'blocked', owner: 'owner-1', state: 'blocked' });
		expect((await sentTo()).sort()).toEqual(['sending', 'sent', 'unknown']);
	});

	test('only of the period, the category, the account and the person', async () => {
		await enqueueStarted('marketing', 'owner-1', start, { category: 'marketing' });
		await enqueueStarted('service', 'owner-1', start, { category: 'service' });
		await enqueueStarted('old', 'owner-1', start - 2 * hourMs, { category: 'marketing' });
		await enqueueStarted('other person', 'owner-1', start, { recipientKey: '491700000002' });
		await enqueueStarted('other account', 'owner-1', start, { accountKey: 'another' });
		expect((await sentTo()).sort()).toEqual(['marketing', 'service']);
		expect(await sentTo({ category: 'marketing' })).toEqual(['marketing']);
		expect(await sentTo({ since: 0, category: 'marketing' })).toEqual(['marketing', 'old']);
		expect((await sentTo({ contactKeys: [ada, '491700000002'] })).sort()).toEqual([
			'marketing',
			'other person',
			'service',
		]);
	});

	test("Meta's status tells the category, whether it arrived, and whether it was read", async () => {
		for (const id of ['read', 'arrived', 'lost']) {
			await enqueueStarted(id);
			await complete(sent(id));
		}
		const pricing = { category: 'MARKETING_LITE', type: null, billable: true };
		await store.statuses.record(
			[
				status('wamid.read', 'read', start + 1, { pricing }),
				status('wamid.arrived', 'delivered', start + 1),
				status('wamid.lost', 'failed', start + 1, { pricing }),
			],
			start,
		);
		const marketing = await store.outbox.sentTo(capped('any', { category: 'marketing' }));
		expect(marketing).toContainEqual({
			operationId: 'read',
			at: start,
			isDelivered: true,
			isRead: true,
		});
		// Nobody knows what the other is, so it counts.
		expect(marketing.map(({ operationId }) => operationId).sort()).toEqual(['arrived', 'read']);
		expect(await sentTo({ category: 'utility' })).toEqual([]);
		const all = await store.outbox.sentTo(capped('any'));
		expect(all).toContainEqual({
			operationId: 'arrived',
			at: start,
			isDelivered: true,
			isRead: false,
		});
		expect(all).toHaveLength(2);
	});

	test('the cap starts so many and no more, also within one call', async () => {
		for (const id of ['a', 'b', 'c', 'd']) await enqueue(id);
		const most = { most: 2 };
		expect(await startWithin(capped('a', most), capped('b', most), capped('c', most))).toEqual([
			'started',
			'started',
			'capped',
		]);
		expect(await find('c')).toMatchObject({ state: 'recorded' });
		expect(await startWithin(capped('d', { most: 3 }))).toEqual(['started']);
		expect(await startWithin(capped('gone', { most: 9 }))).toEqual(['taken']);
	});

	test('the category that was looked up for a resumed message stays with it', async () => {
		for (const id of ['a', 'b']) await enqueue(id);
		const marketing = { category: 'marketing', most: 5 };
		await startWithin(
			capped('a', { ...marketing, ownCategory: 'utility' }),
			capped('b', { ...marketing, ownCategory: null }),
		);
		expect(await find('a')).toMatchObject({ state: 'sending', category: 'utility' });
		expect(await find('b')).toMatchObject({ state: 'sending', category: null });
		expect(await sentTo({ category: 'marketing' })).toEqual(['b']);
	});

	test('a message that is asked about again does not count itself', async () => {
		await enqueueStarted('a');
		await complete({ operationId: 'a', owner: 'owner-1', state: 'unknown' });
		const again = capped('a', { from: { unknownSince: start } });
		expect(await startWithin(again)).toEqual(['started']);
	});

	describe('enqueued and started by one write', () => {
		const enqueueWithin = async (operationId: string, changes: Partial<CapCount> = {}) => {
			const cap = capOf(changes);
			const answer = await store.outbox.enqueueWithin(intent(operationId), cap, lease(), start);
			return answer.outcome;
		};

		test('so many and no more, also at once; what is over the cap is not there', async () => {
			const most = { most: 2 };
			const outcomes = await Promise.all(
				['a', 'b', 'c', 'd'].map(async (id) => await enqueueWithin(id, most)),
			);
			expect(outcomes).toEqual(['claimed', 'claimed', 'capped', 'capped']);
			expect(await find('a')).toMatchObject({ state: 'sending' });
			expect(await find('c')).toBeNull();
			expect(await enqueueWithin('e', { most: 3 })).toBe('claimed');
		});

		test('one that went before is a duplicate, and another one with its key no message', async () => {
			expect(await enqueueWithin('a')).toBe('claimed');
			await complete(sent('a'));
			expect(await enqueueWithin('a')).toBe('duplicate');
			expect(await enqueueWithin('b')).toBe('capped');
		});

		test('messages of many persons share a transaction, each with its own count', async () => {
			const people = Array.from({ length: 50 }, (_, index) => `49170${index}`);
			const outcomes = await Promise.all(
				people.flatMap((person) =>
					['one', 'two'].map(async (each) => await enqueueWithinFor(person, `${each} ${person}`)),
				),
			);
			expect(outcomes.filter((outcome) => outcome === 'claimed')).toHaveLength(people.length);
			expect(outcomes.filter((outcome) => outcome === 'capped')).toHaveLength(people.length);
		});
		const enqueueWithinFor = async (person: string, operationId: string) => {
			const cap = capOf({ contactKeys: [person] });
			const message = intent(operationId, { recipientKey: person });
			return (await store.outbox.enqueueWithin(message, cap, lease(), start)).outcome;
		};
	});

	test('two processes at once cannot pass it', async () => {
		const config = engine.fresh();
		const keys = (owner: string) => Array.from({ length: 20 }, (_, index) => `${owner} ${index}`);
		const children = await Promise.all(
			['one', 'two'].map(
				async (owner) =>
					await startChild({
						do: 'startWithin',
						config,
						owner,
						keys: keys(owner),
						most: 5,
						now: start,
					}),
			),
		);
		for (const child of children) child.go();
		const ends = await Promise.all(children.map(async (child) => await child.end()));
		expect(ends.map((end) => end?.message)).toEqual(['', '']);
		expect(ends.flatMap((end) => end?.claimed ?? [])).toHaveLength(5);
	});

	test('a blocked message keeps its request until its time, and goes to one caller then', async () => {
		const block = { owner: 'owner-1', state: 'blocked' as const };
		for (const id of ['later', 'never']) await enqueueStarted(id);
		await complete({ ...block, operationId: 'later', retryAt: start + hourMs });
		await complete({ ...block, operationId: 'never' });
		expect(await find('later')).toMatchObject({
			state: 'blocked',
			body: intent('later').body,
			retryAt: start + hourMs,
		});
		expect(await find('never')).toMatchObject({ state: 'blocked', body: null, retryAt: null });
		expect((await reclaim('owner-2', start + hourMs - 1)).entries).toEqual([]);
		expect((await reclaim('owner-2', start + hourMs)).entries).toMatchObject([
			{ operationId: 'later', state: 'recorded', retryAt: null },
		]);
		expect((await reclaim('owner-3', start + hourMs)).entries).toEqual([]);
	});

	test('a blocked message is enqueued again by a repeated run', async () => {
		await enqueueStarted('a');
		const completion = { operationId: 'a', owner: 'owner-1', state: 'blocked' as const };
		await complete({ ...completion, retryAt: start + hourMs });
		expect(await enqueue('a', 'owner-2')).toEqual({ outcome: 'claimed' });
		expect(await find('a')).toMatchObject({ state: 'recorded', retryAt: null });
	});
});
