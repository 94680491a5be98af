import { loopOwner } from '../../../../nodes/WhatsAppCloud/store/inbox/inboxStore';
import { defaultRetention, type Store } from '../../../../nodes/WhatsAppCloud/store/store';
import { onEachEngine } from '../engines';
import {
	dayMs,
	failed,
	intent,
	lease,
	sent,
	start,
	status,
	arrived,
	handle,
	webhookOf,
} from '../samples';

onEachEngine('retention', (engine) => {
	let store: Store;
	const hourMs = 3_600_000;
	const none = {
		operations: 0,
		statuses: 0,
		events: 0,
		deliveries: 0,
		contacts: 0,
		counters: 0,
		buckets: 0,
		listeners: 0,
	};
	/** Purges every hour, as n8n would, until the clock is trusted. */
	const purgeAt = async (now: number, retention = {}) => {
		await store.purge('account', now - hourMs, retention);
		return await store.purge('account', now, retention);
	};

	beforeEach(async () => {
		store = await engine.open();
	});

	test('deletes what is past it, in batches, and keeps the rest', async () => {
		const ids = Array.from({ length: 1_100 }, (_, index) => `old ${index}`);
		await store.outbox.enqueue(
			ids.map((id) => intent(id)),
			lease(),
			start,
			{ start: true },
		);
		await store.outbox.complete(
			ids.map((id) => sent(id)),
			start,
		);
		await store.statuses.record(
			ids.map((id) => status(`wamid.${id}`, 'sent', start)),
			start,
		);
		await handle(store, ids, start);
		const late = start + 100 * dayMs;
		const expiresAt = late + dayMs;
		await store.outbox.enqueue([intent('new', { expiresAt })], lease(), late, { start: true });
		await store.statuses.record([status('wamid.new', 'sent', late)], late);
		await handle(store, ['new'], late);

		expect(await purgeAt(start + 20 * dayMs)).toEqual({
			skipped: false,
			expired: [],
			deleted: none,
		});
		expect(await purgeAt(late)).toEqual({
			skipped: false,
			expired: [],
			deleted: { ...none, operations: 1_100, statuses: 1_100, events: 1_100 },
		});
		const { entries } = await store.reports.messages({ accountKey: 'account', limit: 10 });
		expect(entries.map(({ operation }) => operation.operationId)).toEqual(['new']);
		expect(await handle(store, ['new', 'old 1'], late + 1)).toEqual([false, true]);
	});

	test('leaves operations and statuses of other accounts to their own retention', async () => {
		for (const accountKey of ['account', 'other']) {
			const id = `of ${accountKey}`;
			await store.outbox.enqueue([intent(id, { accountKey })], lease(), start, { start: true });
			await store.outbox.complete([sent(id)], start);
			const old = { ...status(`status ${id}`, 'sent', start), accountKey };
			await store.statuses.record([old], start);
		}
		await handle(store, ['a'], start);
		const late = start + 40 * dayMs;
		const keptMs = { operationsMs: 30 * dayMs, statusesMs: 30 * dayMs };
		expect(await purgeAt(late, keptMs)).toEqual({
			skipped: false,
			expired: [],
			deleted: { ...none, operations: 1, statuses: 1, events: 1 },
		});
		const counts = ['account', 'other'].map(async (accountKey) => {
			return (await store.outbox.countByState({ accountKey })).sent;
		});
		expect(await Promise.all(counts)).toEqual([0, 1]);
		expect(await store.statuses.timelines(['status of account', 'status of other'])).toMatchObject([
			null,
			{ messageId: 'status of other' },
		]);
		expect(await store.purge('other', late, keptMs)).toEqual({
			skipped: false,
			expired: [],
			deleted: { ...none, operations: 1, statuses: 1 },
		});
	});

	test('keeps keys that have not expired and operations that somebody is at', async () => {
		const late = start + 200 * dayMs;
		await store.outbox.enqueue(
			[intent('long', { expiresAt: late + 1 }), intent('open'), intent('short')],
			lease(),
			start,
			{ start: true },
		);
		await store.outbox.complete([failed('long'), failed('short')], start);
		await store.outbox.renewLease(lease(), late);
		expect(await purgeAt(late)).toMatchObject({ deleted: { operations: 1 } });
		expect(await store.outbox.findByOperationId(['long', 'short'], late)).toMatchObject([
			{ state: 'failed' },
			null,
		]);
		expect(await store.outbox.countByState({ accountKey: 'account' })).toMatchObject({
			sending: 1,
			failed: 1,
		});
	});

	test('forgets contacts, counters, buckets and listeners, but neither consent nor links', async () => {
		const contact = { accountKey: 'account', contactKey: '49', at: start };
		await store.contacts.record(
			[
				{ ...contact, fact: 'inbound', phoneNumberId: 'n', messageId: null },
				{ ...contact, fact: 'profile', name: 'Ann', username: null },
				{
					...contact,
					fact: 'consent',
					category: 'news',
					granted: true,
					source: null,
					note: null,
				},
			],
			start,
		);
		await store.contacts.link(
			[{ accountKey: 'account', waKey: '49', userKey: 'DE.1', at: start }],
			start,
		);
		await store.counters.increment(
			[{ accountKey: 'account', name: 'refused', by: 1, detail: null }],
			start,
		);
		const pair = { ratePerSecond: 1, burst: 1, count: 1, horizonMs: 0 };
		await store.rate.reserve([{ bucketKey: 'pair', ...pair }], start);
		const listener = {
			accountKey: 'account',
			workflowId: 'w',
			nodeId: 'n',
			nodeName: 'Trigger',
			isTest: true,
			address: null,
			owner: 'p',
			details: null,
		};
		await store.listeners.register({ ...listener, listenerId: 'a', leaseUntil: start }, start);
		await store.listeners.register({ ...listener, listenerId: 'b', leaseUntil: null }, start);
		expect(await purgeAt(start + 91 * dayMs)).toEqual({
			skipped: false,
			expired: [],
			deleted: { ...none, contacts: 2, counters: 1, buckets: 1, listeners: 1 },
		});
		expect(await store.contacts.get('account', ['DE.1'])).toMatchObject([
			{ waKey: '49', profile: null, inbound: {}, consents: { news: { granted: true } } },
		]);
		expect(await store.listeners.list('account', start)).toHaveLength(1);
	});

	test('forgets published triggers whose loop was last seen a week ago', async () => {
		const published = {
			accountKey: 'account',
			workflowId: 'w',
			nodeId: 'n',
			nodeName: 'Trigger',
			isTest: false,
			address: 'https://n8n.example.com',
			owner: 'p',
			leaseUntil: null,
			details: null,
		};
		const ids = ['gone', 'stopped lately', 'alive', 'published lately'];
		for (const listenerId of ids) {
			const at = listenerId === 'published lately' ? start + 6 * dayMs : start;
			await store.listeners.register({ ...published, listenerId }, at);
		}
		const seen = async (listenerId: string, at: number, isStopped: boolean) => {
			const owner = loopOwner(listenerId, 'x');
			await store.outbox.renewLease({ owner, leaseMs: 15_000 }, at);
			if (isStopped) await store.outbox.releaseLease(owner, at + 1);
		};
		const late = start + 10 * dayMs;
		await seen('gone', start, true);
		await seen('stopped lately', late - 6 * dayMs, true);
		await seen('alive', late, false);
		const left = async () =>
			(await store.listeners.list('account', late)).map(({ listenerId }) => listenerId).sort();
		// A process that has just started has no loops yet.
		await purgeAt(late);
		expect(await left()).toEqual([...ids].sort());
		await store.purge('account', late, {}, true);
		expect(await left()).toEqual(['alive', 'published lately', 'stopped lately']);
	});

	test('drops events that no trigger has fetched for a week, with their content', async () => {
		await store.inbox.receive(webhookOf([arrived('a')]), start);
		await store.inbox.receive(webhookOf([arrived('b')]), start + 5 * dayMs);
		const late = start + 8 * dayMs;
		expect(await purgeAt(late)).toMatchObject({
			expired: [{ listenerId: 'listener', events: 1 }],
			deleted: { ...none, deliveries: 1 },
		});
		expect(await store.inbox.claim('batch of a', 'execution', 1_000, late)).toBeNull();
		expect(await store.inbox.claim('batch of b', 'execution', 1_000, late)).toMatchObject({
			contents: ['content of b'],
		});
	});

	test('another retention can be given', async () => {
		await handle(store, ['a'], start);
		const eventsMs = dayMs;
		expect(await purgeAt(start + 2 * dayMs, { eventsMs })).toMatchObject({
			deleted: { events: 1 },
		});
		expect(defaultRetention.eventsMs).toBeGreaterThan(30 * dayMs);
	});

	test('a clock that leaps costs nothing until it has kept going for an hour', async () => {
		await handle(store, ['a'], start);
		const skipped = { skipped: true, expired: [], deleted: none };
		const wrong = start + 1_000 * dayMs;
		expect(await store.purge('account', start)).toEqual(skipped);
		expect(await store.purge('account', start + hourMs)).toMatchObject({ skipped: false });
		expect(await store.purge('account', wrong)).toEqual(skipped);
		expect(await store.purge('account', wrong + hourMs / 2)).toEqual(skipped);
		expect(await store.purge('account', start + 2 * hourMs)).toEqual(skipped);
		expect(await store.purge('account', start + 3 * hourMs)).toEqual({
			skipped: false,
			expired: [],
			deleted: none,
		});
		expect(await handle(store, ['a'], start + 3 * hourMs)).toEqual([false]);
		expect(await store.purge('account', wrong)).toEqual(skipped);
		expect(await store.purge('account', wrong + hourMs)).toMatchObject({ deleted: { events: 1 } });
	});

	test('a caller that has seen the clock keep going need not wait, however long ago the last purge', async () => {
		await handle(store, ['a'], start);
		const weekly = start + 70 * dayMs;
		expect(await store.purge('account', weekly, {}, true)).toMatchObject({
			skipped: false,
			deleted: { events: 1 },
		});
		expect(await store.purge('account', weekly + 1)).toMatchObject({ skipped: false });
	});
});
