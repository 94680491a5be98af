import fc from 'fast-check';

import type { Store } from '../../../nodes/WhatsAppCloud/store/store';
import { onEachEngine } from './engines';
import { dayMs, failed, intent, lease, sent, start, status } from './samples';

onEachEngine('statuses', (engine) => {
	let store: Store;
	beforeEach(async () => {
		store = await engine.open();
	});
	const timeline = async (messageId = 'wamid.a') =>
		(await store.statuses.timelines([messageId]))[0] ?? null;
	const find = async (operationId: string, now = start) =>
		(await store.outbox.findByOperationId([operationId], now))[0] ?? null;
	const claim = async (operationId: string, changes = {}, now = start) =>
		(await store.outbox.enqueue([intent(operationId, changes)], lease(), now, { start: true }))[0];

	describe('of a message', () => {
		test('are kept with their times, price and error', async () => {
			await store.statuses.record([status('wamid.a', 'sent', start, { operationId: 'a' })], start);
			await store.statuses.record(
				[
					status('wamid.a', 'delivered', start + 2_000, {
						pricing: { category: 'marketing', type: 'regular', billable: true },
					}),
				],
				start + 2_500,
			);
			expect(await timeline()).toEqual({
				messageId: 'wamid.a',
				accountKey: 'account',
				operationId: 'a',
				phoneNumberId: '200000000000001',
				recipientKey: '491700000001',
				status: 'delivered',
				sentAt: start,
				deliveredAt: start + 2_000,
				readAt: null,
				playedAt: null,
				failedAt: null,
				otherStatus: null,
				otherAt: null,
				errorCode: null,
				errorTitle: null,
				pricingCategory: 'marketing',
				pricingType: 'regular',
				billable: true,
				firstAt: start,
				updatedAt: start + 2_500,
			});
			expect(await timeline('wamid.none')).toBeNull();
		});

		test('a late delivered after read never goes back', async () => {
			await store.statuses.record([status('wamid.a', 'read', start + 10)], start);
			await store.statuses.record([status('wamid.a', 'delivered', start + 5)], start);
			expect(await timeline()).toMatchObject({ status: 'read', deliveredAt: start + 5 });
		});

		test('a failure is told with its reason, unless the message arrived after all', async () => {
			const error = { errorCode: 131026, errorTitle: 'Undeliverable' };
			await store.statuses.record([status('wamid.a', 'failed', start + 5, error)], start);
			await store.statuses.record([status('wamid.a', 'sent', start)], start);
			expect(await timeline()).toMatchObject({ status: 'failed', ...error });
			await store.statuses.record([status('wamid.a', 'delivered', start + 9)], start);
			expect(await timeline()).toMatchObject({ status: 'delivered', failedAt: start + 5 });
		});

		test('a status that Meta has added is kept by its name, the last one', async () => {
			await store.statuses.record(
				[
					status('wamid.a', 'warning', start + 5),
					status('wamid.a', 'held', start + 9),
					status('wamid.b', 'accepted', null),
				],
				start + 20,
			);
			expect(await timeline()).toMatchObject({ status: 'held', otherAt: start + 9 });
			expect(await timeline('wamid.b')).toMatchObject({ status: 'accepted', firstAt: start + 20 });
			await store.statuses.record([status('wamid.a', 'warning', start + 6)], start + 30);
			await store.statuses.record([status('wamid.a', 'sent', start + 1)], start + 30);
			expect(await timeline()).toMatchObject({ status: 'sent', otherStatus: 'held' });
		});

		test('in any order, grouping and repetition they come to the same', async () => {
			const entry = fc.record({
				name: fc.constantFrom('sent', 'delivered', 'read', 'played', 'failed'),
				afterMs: fc.nat({ max: 50 }),
			});
			let run = 0;
			await fc.assert(
				fc.asyncProperty(
					fc.array(entry, { minLength: 1, maxLength: 8 }).chain((entries) =>
						fc.record({
							entries: fc.constant(entries),
							shuffled: fc.shuffledSubarray([...entries, ...entries], {
								minLength: entries.length * 2,
							}),
							batch: fc.integer({ min: 1, max: 5 }),
						}),
					),
					async ({ entries, shuffled, batch }) => {
						const messageId = `wamid.${++run}`;
						for (let at = 0; at < shuffled.length; at += batch) {
							const statuses = shuffled
								.slice(at, at + batch)
								.map(({ name, afterMs }) => status(messageId, name, start + afterMs));
							await store.statuses.record(statuses, start);
						}
						const first = (name: string): number | null => {
							const times = entries.filter((each) => each.name === name);
							if (times.length === 0) return null;
							return start + Math.min(...times.map(({ afterMs }) => afterMs));
						};
						expect(await timeline(messageId)).toMatchObject({
							sentAt: first('sent'),
							deliveredAt: first('delivered'),
							readAt: first('read'),
							playedAt: first('played'),
							failedAt: first('failed'),
							firstAt: start + Math.min(...entries.map(({ afterMs }) => afterMs)),
						});
					},
				),
				{ numRuns: engine.name === 'sqlite' ? 100 : 25 },
			);
		});

		test.each([
			['an empty message ID', status('', 'sent', start)],
			['a time that is no number', status('wamid.a', 'sent', NaN)],
		])('%s is refused', async (_, bad) => {
			await expect(store.statuses.record([bad], start)).rejects.toThrow(RangeError);
		});
	});

	describe('of an operation', () => {
		test.each(['sent', 'delivered', 'read', 'played'])(
			'%s completes an unknown one as sent',
			async (name) => {
				await claim('a');
				await store.outbox.complete([{ ...failed('a'), state: 'unknown' }], start);
				expect(
					await store.statuses.record(
						[status('wamid.a', name, start + 700, { operationId: 'a' })],
						start + 900,
					),
				).toEqual([true]);
				expect(await find('a')).toMatchObject({
					state: 'sent',
					messageId: 'wamid.a',
					sentAt: start + 700,
					updatedAt: start + 900,
					errorCode: null,
					body: null,
				});
			},
		);

		test('failed completes an unknown one as failed, with its reason', async () => {
			await claim('a');
			await store.outbox.complete([{ ...failed('a'), state: 'unknown' }], start);
			const entry = status('wamid.a', 'failed', start, {
				operationId: 'a',
				errorCode: 131_049,
				errorTitle: 'Not delivered to maintain healthy engagement',
			});
			expect(await store.statuses.record([entry], start)).toEqual([true]);
			expect(await find('a')).toMatchObject({
				state: 'failed',
				messageId: 'wamid.a',
				errorCode: 131_049,
				errorMessage: 'Not delivered to maintain healthy engagement',
			});
		});

		test('a status that comes before the answer completes it, and the owner adds what it knows', async () => {
			await claim('a');
			const entry = status('wamid.a', 'delivered', start + 5, { operationId: 'a' });
			expect(await store.statuses.record([entry], start + 6)).toEqual([true]);
			expect(await find('a')).toMatchObject({ state: 'sent', latencyMs: null });
			expect(await store.outbox.complete([sent('a')], start + 7)).toEqual([
				{ applied: true, state: 'sent', messageId: 'wamid.a' },
			]);
			expect(await find('a')).toMatchObject({
				state: 'sent',
				latencyMs: 50,
				attempts: 1,
				sentAt: start + 5,
				leaseOwner: null,
			});
		});

		test('an answer that was lost does not call failed what a status has proved', async () => {
			await claim('a');
			await store.statuses.record([status('wamid.a', 'sent', start, { operationId: 'a' })], start);
			expect(await store.outbox.complete([failed('a')], start)).toEqual([
				{ applied: false, state: 'sent', messageId: 'wamid.a' },
			]);
		});

		test('several statuses at once: one that proves that it went out tells more than failed', async () => {
			await claim('a');
			await claim('b');
			const of = (id: string, name: string) =>
				status(`wamid.${id}`, name, start, { operationId: id });
			expect(
				await store.statuses.record(
					[of('a', 'failed'), of('a', 'sent'), of('b', 'sent'), of('b', 'failed')],
					start,
				),
			).toEqual([true, true, true, true]);
			expect(await find('a')).toMatchObject({ state: 'sent' });
			expect(await find('b')).toMatchObject({ state: 'sent' });
		});

		test('what is sent stays sent when the message fails later', async () => {
			await claim('a');
			await store.outbox.complete([sent('a')], start);
			const entry = status('wamid.a', 'failed', start, { operationId: 'a', errorCode: 1 });
			expect(await store.statuses.record([entry], start)).toEqual([false]);
			expect(await find('a')).toMatchObject({ state: 'sent', errorCode: null });
		});

		test('a late status of the first message does not settle a key that is used again', async () => {
			await claim('a', { expiresAt: start + 1_000 });
			await store.outbox.complete([sent('a', 'wamid.old')], start);
			await claim('a', {}, start + dayMs);
			const late = status('wamid.old', 'read', start + dayMs, { operationId: 'a' });
			expect(await store.statuses.record([late], start + dayMs)).toEqual([false]);
			expect(await find('a', start + dayMs)).toMatchObject({ state: 'sending', messageId: null });
		});

		test('callback data that is no operation of ours settles nothing', async () => {
			const entry = status('wamid.a', 'sent', start, { operationId: 'something else' });
			expect(await store.statuses.record([entry], start)).toEqual([false]);
			expect(await timeline()).toMatchObject({ operationId: 'something else' });
		});
	});
});
