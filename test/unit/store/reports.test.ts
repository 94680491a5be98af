import type { MessageResult } from '../../../nodes/WhatsAppCloud/store/reports/reportStore';
import type { Store } from '../../../nodes/WhatsAppCloud/store/store';
import { onEachEngine } from './engines';
import { failed, intent, lease, sent, start, status } from './samples';

onEachEngine('reports', (engine) => {
	let store: Store;

	/** 10 messages: 7 sent, of which 4 delivered, 2 read and 1 failed later; failed, unknown, blocked. */
	beforeEach(async () => {
		store = await engine.open();
		const intents = Array.from({ length: 10 }, (_, itemIndex) =>
			intent(`m${itemIndex}`, { itemIndex, campaign: itemIndex < 8 ? 'spring' : null }),
		);
		await store.outbox.enqueue(intents, lease(), start, { start: true });
		await store.outbox.complete(
			[1, 2, 3, 4, 5, 6, 7].map((index) => ({
				...sent(`m${index}`),
				latencyMs: index * 10,
				sentAt: start + 100,
			})),
			start + 100,
		);
		await store.outbox.complete(
			[
				failed('m0'),
				{ ...failed('m8'), state: 'unknown', errorCode: null, errorClass: 'no_answer' },
				{ ...failed('m9'), state: 'blocked', errorCode: null, errorClass: 'policy' },
			],
			start + 100,
		);
		const pricing = { category: 'marketing', type: 'regular', billable: true };
		await store.statuses.record(
			[
				...[1, 2, 3, 4].map((index) =>
					status(`wamid.m${index}`, 'delivered', start + 1_100 * index, { pricing }),
				),
				status('wamid.m1', 'sent', start + 100),
				status('wamid.m1', 'read', start + 5_100),
				status('wamid.m2', 'played', start + 9_100),
				status('wamid.m5', 'failed', start + 3_000, {
					errorCode: 131_049,
					errorTitle: 'Engagement',
				}),
				status('wamid.elsewhere', 'sent', start, {
					phoneNumberId: 'other',
					pricing: { category: 'utility', type: null, billable: false },
				}),
			],
			start + 10_000,
		);
		await store.outbox.enqueue([intent('m1'), intent('m1'), intent('m2')], lease('x'), start, {
			start: true,
		});
	});

	test('the summary counts outcomes, statuses, errors, prices and duplicates', async () => {
		expect(await store.reports.summary({ accountKey: 'account' })).toEqual({
			outcomes: {
				recorded: 0,
				sending: 0,
				sent: 7,
				failed: 1,
				blocked: 1,
				unknown: 1,
				cancelled: 0,
			},
			reached: { sent: 7, delivered: 4, read: 2, played: 1, failed: 1 },
			duplicatesAvoided: 3,
			latencies: {
				answer: { count: 7, p50: 40, p95: 70, p99: 70, max: 70 },
				delivered: { count: 4, p50: 2_100, p95: 4_300, p99: 4_300, max: 4_300 },
				read: { count: 1, p50: 5_000, p95: 5_000, p99: 5_000, max: 5_000 },
			},
			errors: expect.arrayContaining([
				{
					origin: 'answer',
					code: 131_026,
					class: 'undeliverable',
					title: 'Message undeliverable',
					count: 1,
				},
				{
					origin: 'answer',
					code: null,
					class: 'no_answer',
					title: 'Message undeliverable',
					count: 1,
				},
				{
					origin: 'answer',
					code: null,
					class: 'policy',
					title: 'Message undeliverable',
					count: 1,
				},
				{ origin: 'status', code: 131_049, class: null, title: 'Engagement', count: 1 },
			]),
			pricing: [{ category: 'marketing', type: 'regular', billable: true, count: 4 }],
		});
	});

	test.each([
		['a campaign', { campaign: 'spring' }, 8],
		['a number', { phoneNumberId: 'other' }, 0],
		['a workflow', { workflowId: 'workflow' }, 10],
		['an execution', { executionId: 'other' }, 0],
		['a period', { from: start, to: start + 1 }, 10],
		['an earlier period', { to: start }, 0],
		['a later period', { from: start + 1 }, 0],
		['another account', { accountKey: 'other' }, 0],
	])('only %s', async (_, filter, count) => {
		const whole = { accountKey: 'account', ...filter };
		const { outcomes } = await store.reports.summary(whole);
		expect(Object.values(outcomes).reduce((sum, each) => sum + each, 0)).toBe(count);
		const { entries } = await store.reports.messages({ ...whole, limit: 100 });
		expect(entries).toHaveLength(count);
	});

	test('percentiles by the nearest rank, with many messages', async () => {
		const ids = Array.from({ length: 200 }, (_, index) => `p${index}`);
		const accountKey = 'many';
		await store.outbox.enqueue(
			ids.map((id) => intent(id, { accountKey })),
			lease(),
			start,
			{ start: true },
		);
		await store.outbox.complete(
			ids.map((id, index) => ({ ...sent(id), latencyMs: 200 - index })),
			start,
		);
		const { latencies } = await store.reports.summary({ accountKey });
		expect(latencies.answer).toEqual({ count: 200, p50: 100, p95: 190, p99: 198, max: 200 });
		expect(latencies.read).toEqual({ count: 0, p50: null, p95: null, p99: null, max: null });
	});

	test('the messages in pages, oldest first, with their timelines', async () => {
		const pages: string[][] = [];
		let after: string | null = null;
		do {
			const page: Awaited<ReturnType<Store['reports']['messages']>> = await store.reports.messages({
				accountKey: 'account',
				limit: 4,
				after,
			});
			pages.push(page.entries.map(({ operation }) => operation.operationId));
			after = page.next;
		} while (after !== null);
		expect(pages).toEqual([
			['m0', 'm1', 'm2', 'm3'],
			['m4', 'm5', 'm6', 'm7'],
			['m8', 'm9'],
		]);
		const { entries } = await store.reports.messages({ accountKey: 'account', limit: 2 });
		expect(entries[0]).toMatchObject({ operation: { state: 'failed' }, timeline: null });
		expect(entries[1]).toMatchObject({
			operation: { operationId: 'm1', messageId: 'wamid.m1', duplicates: 2 },
			timeline: { messageId: 'wamid.m1', status: 'read', readAt: start + 5_100 },
		});
	});

	test('newest first, in pages', async () => {
		const newest = { accountKey: 'account', limit: 7, newestFirst: true };
		const first = await store.reports.messages(newest);
		const second = await store.reports.messages({ ...newest, after: first.next });
		const ids = [...first.entries, ...second.entries].map(({ operation }) => operation.operationId);
		expect(ids).toEqual(['m9', 'm8', 'm7', 'm6', 'm5', 'm4', 'm3', 'm2', 'm1', 'm0']);
		expect(second.next).toBeNull();
	});

	test.each([
		[['failed'], ['m0', 'm5']],
		[['read'], ['m1', 'm2']],
		[
			['delivered', 'unknown'],
			['m3', 'm4', 'm8'],
		],
		[['sent'], ['m6', 'm7']],
		[['blocked'], ['m9']],
		[['waiting', 'cancelled'], []],
	] satisfies [MessageResult[], string[]][])(
		'only the messages that are %j',
		async (results, ids) => {
			const { entries } = await store.reports.messages({
				accountKey: 'account',
				limit: 100,
				results,
			});
			expect(entries.map(({ operation }) => operation.operationId)).toEqual(ids);
		},
	);

	test('how far messages came by the time of their creation, each counted once', async () => {
		const hourMs = 3_600_000;
		await store.outbox.enqueue([intent('later')], lease('y'), start + 2 * hourMs + 1);
		const request = { accountKey: 'account', periodMs: hourMs };
		expect(await store.reports.history(request)).toEqual([
			{
				startAt: start,
				results: {
					waiting: 0,
					sent: 2,
					delivered: 2,
					read: 2,
					failed: 2,
					blocked: 1,
					unknown: 1,
					cancelled: 0,
				},
			},
			{
				startAt: start + 2 * hourMs,
				results: expect.objectContaining({ waiting: 1, sent: 0 }),
			},
		]);
		expect(await store.reports.history({ ...request, campaign: 'none' })).toEqual([]);
		await expect(store.reports.history({ ...request, periodMs: 1 })).rejects.toThrow('periodMs');
	});

	test('prices of all messages of the account, also of those sent elsewhere', async () => {
		const marketing = { category: 'marketing', type: 'regular', billable: true, count: 4 };
		const utility = { category: 'utility', type: null, billable: false, count: 1 };
		const ask = async (filter: object) =>
			await store.reports.pricing({ accountKey: 'account', ...filter });
		expect(await ask({})).toEqual([marketing, utility]);
		expect(await ask({ phoneNumberId: 'other' })).toEqual([utility]);
		expect(await ask({ to: start })).toEqual([]);
	});

	test('a page of no size is refused', async () => {
		await expect(store.reports.messages({ accountKey: 'account', limit: 0 })).rejects.toThrow(
			'limit must be 1 to 1000',
		);
	});
});
