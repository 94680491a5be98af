import { asLongAsKept } from '../../../../nodes/WhatsAppCloud/store/outbox/outboxEntry';
import type { Store } from '../../../../nodes/WhatsAppCloud/store/store';
import { onEachEngine } from '../engines';
import { dayMs, failed, intent, lease, sent, start } from '../samples';
import { callsOf } from './calls';

onEachEngine('claims of operations', (engine) => {
	let store: Store;
	beforeEach(async () => {
		store = await engine.open();
	});
	const { enqueueStarted, enqueue, complete, find } = callsOf(() => store);

	describe('enqueuing', () => {
		test("a new operation is the caller's, and everything about it is kept", async () => {
			const whole = intent('a', { campaign: 'spring', runIndex: 2, itemIndex: 3, part: 1 });
			expect(await store.outbox.enqueue([whole], lease(), start, { start: true })).toEqual([
				{ outcome: 'claimed' },
			]);
			expect(await find('a')).toEqual({
				...whole,
				category: null,
				retryAt: null,
				state: 'sending',
				messageId: null,
				attempts: 0,
				duplicates: 0,
				errorCode: null,
				errorClass: null,
				errorMessage: null,
				httpStatus: null,
				fbtraceId: null,
				latencyMs: null,
				tokenSlot: null,
				createdAt: start,
				sentAt: null,
				updatedAt: start,
				leaseOwner: 'owner-1',
				leaseUntil: start + 30_000,
			});
		});

		test('while it is being sent, others are told that it is busy', async () => {
			await enqueueStarted('a');
			expect(await enqueueStarted('a', 'owner-2')).toMatchObject({
				outcome: 'busy',
				entry: { state: 'sending', leaseOwner: 'owner-1' },
			});
			expect(await enqueueStarted('a', 'owner-1')).toMatchObject({ outcome: 'busy' });
		});

		test('what was sent is a duplicate with its message ID, counted', async () => {
			await enqueueStarted('a');
			await complete(sent('a', 'wamid.1'));
			expect(await enqueueStarted('a', 'owner-2')).toMatchObject({
				outcome: 'duplicate',
				entry: { messageId: 'wamid.1', body: null },
			});
			await enqueueStarted('a', 'owner-3');
			expect(await find('a')).toMatchObject({ duplicates: 2 });
		});

		test.each(['failed', 'blocked', 'cancelled'] as const)(
			'what was %s can be claimed again, with another payload, and begins anew',
			async (state) => {
				await enqueueStarted('a');
				await complete({ ...failed('a'), state });
				const again = { payloadHash: 'corrected', body: '{"new":1}' };
				expect(await enqueueStarted('a', 'owner-2', start + 5, again)).toEqual({
					outcome: 'claimed',
				});
				expect(await find('a')).toMatchObject({
					state: 'sending',
					payloadHash: 'corrected',
					body: '{"new":1}',
					errorCode: null,
					errorMessage: null,
					httpStatus: null,
					leaseOwner: 'owner-2',
					attempts: 2,
				});
				await complete(sent('a', 'wamid.1', 'owner-2'), start + 6);
				expect(await find('a')).toMatchObject({ state: 'sent', attempts: 3 });
			},
		);

		test('an operation whose owner died while sending becomes unknown', async () => {
			await enqueueStarted('a');
			expect(await enqueueStarted('a', 'owner-2', start + 30_001)).toMatchObject({
				outcome: 'unknown',
				entry: { state: 'unknown', leaseOwner: 'owner-1', body: '{"type":"text"}' },
			});
			expect(await find('a')).toMatchObject({ state: 'unknown', updatedAt: start + 30_001 });
		});

		test('an unknown one stays unknown for whoever claims it', async () => {
			await enqueueStarted('a');
			await complete({ ...failed('a'), state: 'unknown' });
			expect(await enqueueStarted('a')).toMatchObject({ outcome: 'unknown' });
			expect(await enqueueStarted('a', 'owner-2', start + dayMs)).toMatchObject({
				outcome: 'unknown',
			});
		});

		test.each(['sent', 'unknown', 'sending', 'recorded'] as const)(
			'the same key with another payload or account is a conflict when it is %s',
			async (state) => {
				await (state === 'recorded' ? enqueue('a') : enqueueStarted('a'));
				if (state === 'sent' || state === 'unknown') await complete({ ...sent('a'), state });
				const conflict = { outcome: 'conflict', entry: { operationId: 'a', state } };
				expect(await enqueueStarted('a', 'owner-2', start, { payloadHash: 'b' })).toMatchObject(
					conflict,
				);
				expect(await enqueueStarted('a', 'owner-2', start, { accountKey: 'b' })).toMatchObject(
					conflict,
				);
			},
		);

		test('what another account failed to send is not taken away from it', async () => {
			await enqueueStarted('a');
			await complete(failed('a'));
			expect(await enqueueStarted('a', 'owner-2', start, { accountKey: 'b' })).toMatchObject({
				outcome: 'conflict',
			});
		});

		test('an expired key counts as unused, and what it stood for stays in the reports', async () => {
			await enqueueStarted('a', 'owner-1', start, { expiresAt: start + 1_000 });
			await complete(sent('a', 'wamid.1'));
			expect(await find('a', start + 1_000)).toMatchObject({ messageId: 'wamid.1' });
			expect(await find('a', start + 1_001)).toBeNull();
			expect(await enqueueStarted('a', 'owner-1', start + 1_000)).toMatchObject({
				outcome: 'duplicate',
			});
			expect(await enqueueStarted('a', 'owner-1', start + 1_001, { payloadHash: 'b' })).toEqual({
				outcome: 'claimed',
			});
			const { entries } = await store.reports.messages({ accountKey: 'account', limit: 10 });
			expect(entries.map(({ operation }) => [operation.state, operation.messageId])).toEqual([
				['sent', 'wamid.1'],
				['sending', null],
			]);
		});

		test('the life of a key counts on a clock that is known to have kept going', async () => {
			const expiresAt = start + 7 * dayMs;
			await enqueueStarted('a', 'owner-1', start, { expiresAt });
			await complete(sent('a', 'wamid.1'));
			const late = start + 30 * dayMs;
			const claimAt = async (now: number, steadySince: number) => {
				const repeated = intent('a', { expiresAt: now + 7 * dayMs });
				return (
					await store.outbox.enqueue([repeated], lease('other'), now, { start: true, steadySince })
				)[0];
			};
			// Neither the process nor the store has seen these days go by.
			expect(await claimAt(late, late)).toMatchObject({ outcome: 'duplicate' });
			await store.purge('account', late);
			for (let day = 1; day <= 6; day++) {
				const now = late + day * dayMs;
				await store.purge('account', now);
				expect(await claimAt(now, now)).toMatchObject({ outcome: 'duplicate' });
			}
			// The clock leaps ahead and back again.
			await store.purge('account', late + 900 * dayMs);
			const now = late + 7 * dayMs + 1;
			await store.purge('account', now);
			expect(await claimAt(now, now)).toMatchObject({ outcome: 'duplicate' });
			expect(await claimAt(now, late)).toEqual({ outcome: 'claimed' });
		});

		test('the purges of a store that is in use see the days pass', async () => {
			await store.purge('account', start);
			await enqueueStarted('a', 'owner-1', start, { expiresAt: start + 2 * dayMs });
			await complete(sent('a', 'wamid.1'));
			for (const day of [1, 2]) await store.purge('account', start + day * dayMs, {}, day === 2);
			const now = start + 2 * dayMs + 1;
			const again = await store.outbox.enqueue([intent('a')], lease('other'), now, {
				start: true,
				steadySince: now,
			});
			expect(again).toEqual([{ outcome: 'claimed' }]);
		});

		test('an unknown one never expires', async () => {
			await enqueueStarted('a', 'owner-1', start, { expiresAt: start + 1_000 });
			await complete({ ...failed('a'), state: 'unknown' });
			await enqueueStarted('b', 'owner-1', start, { expiresAt: start + 1_000 });
			const late = start + 80 * dayMs;
			for (const id of ['a', 'b']) {
				expect(await enqueueStarted(id, 'owner-2', late)).toMatchObject({ outcome: 'unknown' });
				expect(await find(id, late)).toMatchObject({ state: 'unknown' });
			}
		});

		test('one without a life of its own is known as long as it is kept', async () => {
			await enqueueStarted('a', 'owner-1', start, { expiresAt: asLongAsKept });
			await complete(sent('a', 'wamid.1'));
			const late = start + 80 * dayMs;
			expect(await enqueueStarted('a', 'owner-2', late)).toMatchObject({ outcome: 'duplicate' });
			expect(await find('a', late)).toMatchObject({ messageId: 'wamid.1' });
			expect(await store.purge('account', start + 91 * dayMs, {}, true)).toMatchObject({
				deleted: { operations: 1 },
			});
			expect(await enqueueStarted('a', 'owner-2', late + 20 * dayMs)).toEqual({
				outcome: 'claimed',
			});
		});

		test('an expired key whose operation is still being sent stays busy', async () => {
			await enqueueStarted('a', 'owner-1', start, { expiresAt: start + 1 });
			expect(await enqueueStarted('a', 'owner-2', start + 100)).toMatchObject({ outcome: 'busy' });
		});

		test('one call with the same key twice gets it once', async () => {
			const answers = await store.outbox.enqueue(
				[intent('a'), intent('b'), intent('a'), intent('a', { payloadHash: 'other' })],
				lease(),
				start,
				{ start: true },
			);
			expect(answers.map(({ outcome }) => outcome)).toEqual([
				'claimed',
				'claimed',
				'busy',
				'conflict',
			]);
		});

		test('many callers at once for the same keys: each key goes to one', async () => {
			const calls = Array.from({ length: 20 }, (_, caller) =>
				store.outbox.enqueue(
					Array.from({ length: 40 }, (_each, index) => intent(`key-${(index + caller) % 40}`)),
					lease(`owner-${caller}`),
					start,
					{ start: true },
				),
			);
			const answers = (await Promise.all(calls)).flat();
			expect(answers.filter(({ outcome }) => outcome === 'claimed')).toHaveLength(40);
			expect(answers.filter(({ outcome }) => outcome === 'busy')).toHaveLength(760);
		});

		test('a batch of any size is answered in its order', async () => {
			const intents = Array.from({ length: 1_203 }, (_, index) => intent(`k${index}`));
			await store.outbox.enqueue([intent('k700')], lease('owner-2'), start, { start: true });
			const answers = await store.outbox.enqueue(intents, lease(), start, { start: true });
			expect(answers).toHaveLength(1_203);
			expect(answers.flatMap(({ outcome }, at) => (outcome === 'claimed' ? [] : [at]))).toEqual([
				700,
			]);
		});

		test.each([
			['an empty key', intent('')],
			['an over-long key', intent('x'.repeat(513))],
			['an empty account', intent('a', { accountKey: '' })],
			['a time that is no number', intent('a', { expiresAt: NaN })],
		])('%s is refused before anything is written', async (_, bad) => {
			await expect(
				store.outbox.enqueue([intent('good'), bad], lease(), start, { start: true }),
			).rejects.toThrow(RangeError);
			expect(await find('good')).toBeNull();
		});

		test('the longest key, and texts that a database might not keep', async () => {
			const operationId = '\u{1F600}'.repeat(256);
			const odd = {
				fingerprint: 'f',
				nodeName: 'nul\0 half\uD83D whole\u{1F600}',
				body: '"\\u0000 quote \' \\"',
			};
			expect(await enqueueStarted(operationId, 'owner-1', start, odd)).toMatchObject({
				outcome: 'claimed',
			});
			expect(await find(operationId)).toMatchObject({
				operationId,
				nodeName: 'nul\uFFFD half\uFFFD whole\u{1F600}',
				body: odd.body,
			});
		});
	});
});
