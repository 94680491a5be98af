import type { Store } from '../../../../nodes/WhatsAppCloud/store/store';
import { onEachEngine } from '../engines';
import { dayMs, failed, intent, lease, sent, start, status } from '../samples';
import { callsOf } from './calls';

onEachEngine('what became of operations', (engine) => {
	let store: Store;
	beforeEach(async () => {
		store = await engine.open();
	});
	const { enqueueStarted, enqueue, complete, startEntry, reclaim, find } = callsOf(() => store);

	describe('completing', () => {
		test('keeps what is told, and forgets the body', async () => {
			await enqueueStarted('a');
			expect(await complete({ ...sent('a'), sentAt: start + 90 }, start + 100)).toEqual({
				applied: true,
				state: 'sent',
				messageId: 'wamid.a',
			});
			expect(await find('a')).toMatchObject({
				state: 'sent',
				messageId: 'wamid.a',
				sentAt: start + 90,
				updatedAt: start + 100,
				latencyMs: 50,
				fbtraceId: 'trace',
				httpStatus: 200,
				tokenSlot: 'primary',
				attempts: 1,
				body: null,
				leaseOwner: null,
			});
		});

		test('an error is kept with all its parts', async () => {
			await enqueueStarted('a');
			await complete(failed('a'));
			expect(await find('a')).toMatchObject({
				state: 'failed',
				errorCode: 131026,
				errorClass: 'undeliverable',
				errorMessage: 'Message undeliverable',
				sentAt: null,
			});
		});

		test('an unknown one keeps its body for sending again', async () => {
			await enqueueStarted('a');
			await complete({ ...failed('a'), state: 'unknown' });
			expect(await find('a')).toMatchObject({ state: 'unknown', body: '{"type":"text"}' });
		});

		test('sent never changes again and keeps its first message ID', async () => {
			await enqueueStarted('a');
			await complete(sent('a', 'wamid.1'));
			for (const other of [sent('a', 'wamid.2'), failed('a'), { ...failed('a'), owner: 'x' }]) {
				expect(await complete(other)).toEqual({
					applied: false,
					state: 'sent',
					messageId: 'wamid.1',
				});
			}
			expect(await find('a')).toMatchObject({ attempts: 1, errorCode: null });
		});

		test('an owner that was taken for dead still completes with what it knows', async () => {
			await enqueueStarted('a');
			await enqueueStarted('b');
			await store.outbox.listUnknown({ accountKey: 'account', limit: 9 }, start + 40_000);
			expect(await complete(sent('a'), start + 50_000)).toMatchObject({ state: 'sent' });
			expect(await complete(failed('b'), start + 50_000)).toMatchObject({ state: 'failed' });
		});

		test('who lost an operation to another cannot call it failed, but sent', async () => {
			await enqueue('a');
			expect(await startEntry('a', 'owner-2', start + 30_001)).toBe(true);
			expect(await complete(failed('a', 'owner-1'))).toMatchObject({
				applied: false,
				state: 'sending',
			});
			expect(await complete(sent('a', 'wamid.1', 'owner-1'))).toMatchObject({ applied: true });
			expect(await complete(failed('a', 'owner-2'))).toMatchObject({ state: 'sent' });
		});

		test('anyone may close an unknown one, as it was read', async () => {
			await enqueueStarted('a');
			await complete({ ...failed('a'), state: 'unknown' }, start + 5);
			const close = { ...failed('a', 'report'), unknownSince: start + 5 };
			for (const refused of [
				{ ...close, state: 'unknown' as const },
				{ ...close, unknownSince: start + 4 },
				failed('a', 'report'),
				failed('a'),
			]) {
				expect(await complete(refused)).toMatchObject({ applied: false, state: 'unknown' });
			}
			expect(await complete(close)).toMatchObject({ applied: true, state: 'failed' });
		});

		test('one that somebody has sent again meanwhile is no longer closed, by whomever', async () => {
			await enqueueStarted('a');
			await store.outbox.listUnknown({ accountKey: 'account', limit: 9 }, start + 40_000);
			const read = await find('a', start + 40_000);
			expect(await startEntry('a', 'owner-2', start + 50_000, 'unknown')).toBe(true);
			const close = { ...failed('a', 'report'), unknownSince: read?.updatedAt ?? 0 };
			expect(await complete(close)).toMatchObject({ applied: false, state: 'sending' });
			await complete({ ...failed('a', 'owner-2'), state: 'unknown' }, start + 51_000);
			// The first owner's request was refused; the second's may have arrived.
			for (const each of [close, failed('a', 'owner-1')]) {
				expect(await complete(each)).toMatchObject({ applied: false, state: 'unknown' });
			}
		});

		test('an enqueued one can be cancelled or blocked by its owner alone', async () => {
			await enqueue('a');
			await enqueue('b');
			expect(await complete({ ...failed('a', 'x'), state: 'cancelled' })).toMatchObject({
				applied: false,
			});
			expect(await complete({ ...failed('a'), state: 'cancelled' })).toMatchObject({
				applied: true,
			});
			expect(await complete({ ...failed('b'), state: 'blocked' })).toMatchObject({
				applied: true,
			});
		});

		test('several at once, one of them twice and one that is not there', async () => {
			await store.outbox.enqueue([intent('a'), intent('b')], lease(), start, { start: true });
			expect(
				await store.outbox.complete(
					[failed('b'), sent('a', 'wamid.1'), sent('gone'), sent('b', 'wamid.2')],
					start,
				),
			).toEqual([
				{ applied: true, state: 'failed', messageId: null },
				{ applied: true, state: 'sent', messageId: 'wamid.1' },
				{ applied: false, state: null, messageId: null },
				{ applied: true, state: 'sent', messageId: 'wamid.2' },
			]);
		});
	});

	describe('cancelling', () => {
		const withdraw = async (owner: string) =>
			await store.outbox.cancel({ accountKey: 'account', owner }, start);

		test('cancels what was enqueued and not started, so that nobody reclaims it', async () => {
			await enqueue('a');
			await enqueue('b');
			await startEntry('b');
			await enqueue('c', 'owner-2');
			expect(await withdraw('owner-1')).toBe(1);
			expect(await find('a')).toMatchObject({ state: 'cancelled', body: null, leaseOwner: null });
			expect(await find('b')).toMatchObject({ state: 'sending' });
			const { entries } = await reclaim('owner-3', start + dayMs);
			expect(entries.map(({ operationId }) => operationId)).toEqual(['c']);
		});

		test('leaves it free to be enqueued again', async () => {
			await enqueue('a');
			await withdraw('owner-1');
			expect(await enqueueStarted('a', 'owner-2')).toEqual({ outcome: 'claimed' });
		});

		test('nothing enqueued, nothing done', async () => {
			expect(await withdraw('owner-1')).toBe(0);
		});
	});

	describe('the request of a message, with its recipient and text', () => {
		const erased = { body: null };

		test.each(['sent', 'failed', 'blocked', 'cancelled'] as const)(
			'is erased when the message is %s',
			async (state) => {
				await enqueueStarted('a');
				await complete({ ...failed('a'), state });
				expect(await find('a')).toMatchObject({ state, ...erased });
			},
		);

		test.each(['sent', 'delivered', 'read', 'failed'])(
			'is erased when a status tells %s of an unknown one, or of one that is being sent',
			async (name) => {
				await enqueueStarted('a');
				await enqueueStarted('b');
				await complete({ ...failed('a'), state: 'unknown' });
				expect(await find('a')).toMatchObject({ body: '{"type":"text"}' });
				await store.statuses.record(
					['a', 'b'].map((id) => status(`wamid.${id}`, name, start + 1, { operationId: id })),
					start + 1,
				);
				const state = name === 'failed' ? 'failed' : 'sent';
				expect(await find('a')).toMatchObject({ state, ...erased });
				expect(await find('b')).toMatchObject({ state, ...erased });
			},
		);

		test('is erased when an unknown one is closed as failed', async () => {
			await enqueueStarted('a');
			await complete({ ...failed('a'), state: 'unknown' });
			await complete({ ...failed('a', 'whoever closes it'), unknownSince: start });
			expect(await find('a')).toMatchObject({ state: 'failed', ...erased });
		});

		test('is erased when an enqueued one is cancelled', async () => {
			await enqueue('a');
			await store.outbox.cancel({ accountKey: 'account', owner: 'owner-1' }, start);
			expect(await find('a')).toMatchObject({ state: 'cancelled', ...erased });
		});

		test('goes with the message when that is purged, recorded or unknown', async () => {
			await enqueue('a', 'owner-1', start, { expiresAt: start + 1_000 });
			await enqueueStarted('b', 'owner-1', start, { expiresAt: start + 1_000 });
			await complete({ ...failed('b'), state: 'unknown' });
			const later = start + 200 * dayMs;
			expect((await store.purge('account', later, {}, true)).deleted.operations).toBe(2);
			const { entries } = await store.reports.messages({ accountKey: 'account', limit: 10 });
			expect(entries).toEqual([]);
		});
	});
});
