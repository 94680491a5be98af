import type { Store } from '../../../nodes/WhatsAppCloud/state/store';
import { onEachEngine } from './engines';
import { dayMs, failed, intent, lease, sent, start } from './samples';

onEachEngine('operations', (engine) => {
	let store: Store;
	beforeEach(async () => {
		store = await engine.open();
	});
	const { claim, record, settle, take, adopt } = {
		claim: async (id: string, owner?: string, now = start, changes = {}) =>
			(await store.operations.claim([intent(id, changes)], lease(owner), now))[0],
		record: async (id: string, owner?: string, now = start, changes = {}) =>
			(await store.operations.record([intent(id, changes)], lease(owner), now))[0],
		settle: async (...[settlement, now = start]: [ReturnType<typeof sent>, number?]) =>
			(await store.operations.settle([settlement], now))[0],
		take: async (
			id: string,
			owner?: string,
			now = start,
			from: 'recorded' | 'unknown' | 'own' = 'recorded',
		) => (await store.operations.take([id], from, lease(owner), now))[0],
		adopt: async (owner: string, now: number, limit = 100) =>
			await store.operations.adopt({ accountKey: 'account', limit }, lease(owner), now),
	};
	const find = async (id: string, now = start) =>
		(await store.operations.findByOperationId([id], now))[0] ?? null;

	describe('claiming', () => {
		test("a new operation is the caller's, and everything about it is kept", async () => {
			const whole = intent('a', { campaign: 'spring', runIndex: 2, itemIndex: 3, part: 1 });
			expect(await store.operations.claim([whole], lease(), start)).toEqual([
				{ outcome: 'claimed' },
			]);
			expect(await find('a')).toEqual({
				...whole,
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
			await claim('a');
			expect(await claim('a', 'owner-2')).toMatchObject({
				outcome: 'busy',
				record: { state: 'sending', leaseOwner: 'owner-1' },
			});
			expect(await claim('a', 'owner-1')).toMatchObject({ outcome: 'busy' });
		});

		test('what was sent is a duplicate with its message ID, counted', async () => {
			await claim('a');
			await settle(sent('a', 'wamid.1'));
			expect(await claim('a', 'owner-2')).toMatchObject({
				outcome: 'duplicate',
				record: { messageId: 'wamid.1', body: null },
			});
			await claim('a', 'owner-3');
			expect(await find('a')).toMatchObject({ duplicates: 2 });
		});

		test.each(['failed', 'blocked', 'cancelled'] as const)(
			'what was %s can be claimed again, with another payload, and begins anew',
			async (state) => {
				await claim('a');
				await settle({ ...failed('a'), state });
				const again = { payloadHash: 'corrected', body: '{"new":1}' };
				expect(await claim('a', 'owner-2', start + 5, again)).toEqual({ outcome: 'claimed' });
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
				await settle(sent('a', 'wamid.1', 'owner-2'), start + 6);
				expect(await find('a')).toMatchObject({ state: 'sent', attempts: 3 });
			},
		);

		test('an operation whose owner died while sending becomes unknown', async () => {
			await claim('a');
			expect(await claim('a', 'owner-2', start + 30_001)).toMatchObject({
				outcome: 'unknown',
				record: { state: 'unknown', leaseOwner: 'owner-1', body: '{"type":"text"}' },
			});
			expect(await find('a')).toMatchObject({ state: 'unknown', updatedAt: start + 30_001 });
		});

		test('an unknown one stays unknown for whoever claims it', async () => {
			await claim('a');
			await settle({ ...failed('a'), state: 'unknown' });
			expect(await claim('a')).toMatchObject({ outcome: 'unknown' });
			expect(await claim('a', 'owner-2', start + dayMs)).toMatchObject({ outcome: 'unknown' });
		});

		test.each(['sent', 'unknown', 'sending', 'recorded'] as const)(
			'the same key with another payload or account is a conflict when it is %s',
			async (state) => {
				await (state === 'recorded' ? record('a') : claim('a'));
				if (state === 'sent' || state === 'unknown') await settle({ ...sent('a'), state });
				const conflict = { outcome: 'conflict', record: { operationId: 'a', state } };
				expect(await claim('a', 'owner-2', start, { payloadHash: 'b' })).toMatchObject(conflict);
				expect(await claim('a', 'owner-2', start, { accountKey: 'b' })).toMatchObject(conflict);
			},
		);

		test('what another account failed to send is not taken away from it', async () => {
			await claim('a');
			await settle(failed('a'));
			expect(await claim('a', 'owner-2', start, { accountKey: 'b' })).toMatchObject({
				outcome: 'conflict',
			});
		});

		test('an expired key counts as unused, and what it stood for stays in the reports', async () => {
			await claim('a', 'owner-1', start, { expiresAt: start + 1_000 });
			await settle(sent('a', 'wamid.1'));
			expect(await find('a', start + 1_000)).toMatchObject({ messageId: 'wamid.1' });
			expect(await find('a', start + 1_001)).toBeNull();
			expect(await claim('a', 'owner-1', start + 1_000)).toMatchObject({ outcome: 'duplicate' });
			expect(await claim('a', 'owner-1', start + 1_001, { payloadHash: 'b' })).toEqual({
				outcome: 'claimed',
			});
			const { entries } = await store.reports.messages({ accountKey: 'account', limit: 10 });
			expect(entries.map(({ operation }) => [operation.state, operation.messageId])).toEqual([
				['sent', 'wamid.1'],
				['sending', null],
			]);
		});

		test('an expired key whose operation is still being sent stays busy', async () => {
			await claim('a', 'owner-1', start, { expiresAt: start + 1 });
			expect(await claim('a', 'owner-2', start + 100)).toMatchObject({ outcome: 'busy' });
		});

		test('one call with the same key twice gets it once', async () => {
			const answers = await store.operations.claim(
				[intent('a'), intent('b'), intent('a'), intent('a', { payloadHash: 'other' })],
				lease(),
				start,
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
				store.operations.claim(
					Array.from({ length: 40 }, (_each, index) => intent(`key-${(index + caller) % 40}`)),
					lease(`owner-${caller}`),
					start,
				),
			);
			const answers = (await Promise.all(calls)).flat();
			expect(answers.filter(({ outcome }) => outcome === 'claimed')).toHaveLength(40);
			expect(answers.filter(({ outcome }) => outcome === 'busy')).toHaveLength(760);
		});

		test('a lot of any size is answered in its order', async () => {
			const intents = Array.from({ length: 1_203 }, (_, index) => intent(`k${index}`));
			await store.operations.claim([intent('k700')], lease('owner-2'), start);
			const answers = await store.operations.claim(intents, lease(), start);
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
			await expect(store.operations.claim([intent('good'), bad], lease(), start)).rejects.toThrow(
				RangeError,
			);
			expect(await find('good')).toBeNull();
		});

		test('the longest key, and texts that a database might not keep', async () => {
			const operationId = '\u{1F600}'.repeat(256);
			const odd = {
				fingerprint: 'f',
				nodeName: 'nul\0 half\uD83D whole\u{1F600}',
				body: '"\\u0000 quote \' \\"',
			};
			expect(await claim(operationId, 'owner-1', start, odd)).toMatchObject({
				outcome: 'claimed',
			});
			expect(await find(operationId)).toMatchObject({
				operationId,
				nodeName: 'nul\uFFFD half\uFFFD whole\u{1F600}',
				body: odd.body,
			});
		});
	});

	describe('settling', () => {
		test('keeps what is told, and forgets the body', async () => {
			await claim('a');
			expect(await settle({ ...sent('a'), sentAt: start + 90 }, start + 100)).toEqual({
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
			await claim('a');
			await settle(failed('a'));
			expect(await find('a')).toMatchObject({
				state: 'failed',
				errorCode: 131026,
				errorClass: 'undeliverable',
				errorMessage: 'Message undeliverable',
				sentAt: null,
			});
		});

		test('an unknown one keeps its body for sending again', async () => {
			await claim('a');
			await settle({ ...failed('a'), state: 'unknown' });
			expect(await find('a')).toMatchObject({ state: 'unknown', body: '{"type":"text"}' });
		});

		test('sent never changes again and keeps its first message ID', async () => {
			await claim('a');
			await settle(sent('a', 'wamid.1'));
			for (const other of [sent('a', 'wamid.2'), failed('a'), { ...failed('a'), owner: 'x' }]) {
				expect(await settle(other)).toEqual({
					applied: false,
					state: 'sent',
					messageId: 'wamid.1',
				});
			}
			expect(await find('a')).toMatchObject({ attempts: 1, errorCode: null });
		});

		test('an owner that was taken for dead still settles with what it knows', async () => {
			await claim('a');
			await claim('b');
			await store.operations.listUnknown({ accountKey: 'account', limit: 9 }, start + 40_000);
			expect(await settle(sent('a'), start + 50_000)).toMatchObject({ state: 'sent' });
			expect(await settle(failed('b'), start + 50_000)).toMatchObject({ state: 'failed' });
		});

		test('who lost an operation to another cannot call it failed, but sent', async () => {
			await record('a');
			expect(await take('a', 'owner-2', start + 30_001)).toBe(true);
			expect(await settle(failed('a', 'owner-1'))).toMatchObject({
				applied: false,
				state: 'sending',
			});
			expect(await settle(sent('a', 'wamid.1', 'owner-1'))).toMatchObject({ applied: true });
			expect(await settle(failed('a', 'owner-2'))).toMatchObject({ state: 'sent' });
		});

		test('anyone may close an unknown one', async () => {
			await claim('a');
			await settle({ ...failed('a'), state: 'unknown' });
			expect(await settle({ ...failed('a', 'report'), state: 'unknown' })).toMatchObject({
				applied: false,
			});
			expect(await settle(failed('a', 'report'))).toMatchObject({
				applied: true,
				state: 'failed',
			});
		});

		test('a recorded one can be cancelled or blocked by its owner alone', async () => {
			await record('a');
			await record('b');
			expect(await settle({ ...failed('a', 'x'), state: 'cancelled' })).toMatchObject({
				applied: false,
			});
			expect(await settle({ ...failed('a'), state: 'cancelled' })).toMatchObject({
				applied: true,
			});
			expect(await settle({ ...failed('b'), state: 'blocked' })).toMatchObject({
				applied: true,
			});
		});

		test('several at once, one of them twice and one that is not there', async () => {
			await store.operations.claim([intent('a'), intent('b')], lease(), start);
			expect(
				await store.operations.settle(
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

	describe('recording and taking', () => {
		test("a recorded one is its owner's to take, once", async () => {
			expect(await record('a')).toEqual({ outcome: 'claimed' });
			expect(await find('a')).toMatchObject({ state: 'recorded' });
			expect(await take('a', 'owner-2')).toBe(false);
			expect(await take('a', 'owner-1')).toBe(true);
			expect(await take('a', 'owner-1')).toBe(false);
			expect(await find('a')).toMatchObject({ state: 'sending' });
		});

		test('of one taken twice in one call only the first gets it', async () => {
			await record('a');
			expect(await store.operations.take(['a', 'a', 'none'], 'recorded', lease(), start)).toEqual([
				true,
				false,
				false,
			]);
		});

		test('the owner may claim or record again what it has recorded; others may not', async () => {
			await record('a');
			expect(await record('a', 'owner-2')).toMatchObject({ outcome: 'busy' });
			expect(await record('a')).toEqual({ outcome: 'claimed' });
			expect(await claim('a')).toEqual({ outcome: 'claimed' });
		});

		test('what a dead owner recorded can be taken or claimed', async () => {
			await record('a');
			await record('b');
			expect(await take('a', 'owner-2', start + 29_999)).toBe(false);
			expect(await take('a', 'owner-2', start + 30_000)).toBe(true);
			expect(await claim('b', 'owner-2', start + 30_000)).toEqual({ outcome: 'claimed' });
		});

		test('an unknown one is taken only when it is asked for', async () => {
			await claim('a');
			await settle({ ...failed('a'), state: 'unknown' });
			expect(await take('a', 'owner-2', start, 'recorded')).toBe(false);
			expect(await take('a', 'owner-2', start, 'unknown')).toBe(true);
			expect(await take('a', 'owner-3', start, 'unknown')).toBe(false);
		});
	});

	describe('withdrawing', () => {
		const withdraw = async (owner: string) =>
			await store.operations.withdraw({ accountKey: 'account', owner }, start);

		test('gives up what was recorded and not begun, so that nobody adopts it', async () => {
			await record('a');
			await record('b');
			await take('b');
			await record('c', 'owner-2');
			expect(await withdraw('owner-1')).toBe(1);
			expect(await find('a')).toMatchObject({ state: 'cancelled', body: null, leaseOwner: null });
			expect(await find('b')).toMatchObject({ state: 'sending' });
			const { records } = await adopt('owner-3', start + dayMs);
			expect(records.map(({ operationId }) => operationId)).toEqual(['c']);
		});

		test('leaves it free to be claimed again', async () => {
			await record('a');
			await withdraw('owner-1');
			expect(await claim('a', 'owner-2')).toEqual({ outcome: 'claimed' });
		});

		test('nothing recorded, nothing done', async () => {
			expect(await withdraw('owner-1')).toBe(0);
		});
	});

	describe('leases', () => {
		test('renewing keeps everything of the owner alive with one write', async () => {
			await record('a');
			await claim('b');
			await store.operations.renewLease(lease(), start + 25_000);
			expect(await claim('a', 'owner-2', start + 50_000)).toMatchObject({ outcome: 'busy' });
			expect(await claim('b', 'owner-2', start + 50_000)).toMatchObject({ outcome: 'busy' });
			expect(await claim('a', 'owner-2', start + 55_000)).toMatchObject({ outcome: 'claimed' });
		});

		test('claiming extends the lease as well', async () => {
			await record('a');
			await claim('b', 'owner-1', start + 25_000);
			expect(await claim('a', 'owner-2', start + 50_000)).toMatchObject({ outcome: 'busy' });
		});

		test('releasing ends it at once; claiming begins a new one', async () => {
			await record('a');
			await claim('b');
			await store.operations.releaseLease('owner-1', start);
			expect(await adopt('owner-2', start)).toMatchObject({
				records: [{ operationId: 'a' }],
				becameUnknown: 1,
			});
			await claim('c', 'owner-1', start + 1);
			expect(await claim('c', 'owner-2', start + 2)).toMatchObject({ outcome: 'busy' });
		});

		test('after the clock jumped back by more than an hour a lease does not last for ever', async () => {
			await record('a', 'owner-1', start + 10 * dayMs, { expiresAt: start + 20 * dayMs });
			expect(await take('a', 'owner-2', start)).toBe(true);
		});

		test('after the clock jumped back by less, the owner keeps it', async () => {
			await record('a', 'owner-1', start);
			expect(await take('a', 'owner-2', start - 60_000)).toBe(false);
		});

		test('a lease that is too short or too long is refused', async () => {
			await expect(store.operations.claim([intent('a')], lease('o', 999), start)).rejects.toThrow(
				RangeError,
			);
			await expect(store.operations.renewLease(lease('o', 3_600_001), start)).rejects.toThrow(
				'leaseMs must be 1000 to 3600000',
			);
		});
	});

	describe('adopting', () => {
		const campaign = (size: number): Array<ReturnType<typeof intent>> =>
			Array.from({ length: size }, (_, itemIndex) =>
				intent(`item-${itemIndex}`, { itemIndex, campaign: 'spring' }),
			);

		test('what the dead left recorded, in its order, in parts; what they were sending is unknown', async () => {
			await store.operations.record(campaign(10), lease(), start);
			await store.operations.take(['item-0', 'item-1'], 'recorded', lease(), start);
			await settle(sent('item-0'));
			const later = start + 60_000;
			const first = await adopt('owner-2', later, 5);
			expect(first.becameUnknown).toBe(1);
			expect(first.records.map(({ itemIndex }) => itemIndex)).toEqual([2, 3, 4, 5, 6]);
			expect(first.records[0]).toMatchObject({
				state: 'recorded',
				leaseOwner: 'owner-2',
				leaseUntil: later + 30_000,
				body: '{"type":"text"}',
			});
			const second = await adopt('owner-3', later, 5);
			expect(second.records.map(({ itemIndex }) => itemIndex)).toEqual([7, 8, 9]);
			expect((await adopt('owner-4', later, 5)).records).toEqual([]);
			expect(await find('item-1')).toMatchObject({ state: 'unknown' });
		});

		test('nothing of the living, of other accounts, of other campaigns or expired', async () => {
			await store.operations.record(campaign(2), lease(), start);
			await record('other', 'owner-1', start, { accountKey: 'b' });
			expect(await adopt('owner-2', start + 10)).toEqual({ records: [], becameUnknown: 0 });
			const ask = async (changes: object, now: number) =>
				(
					await store.operations.adopt(
						{ accountKey: 'account', limit: 10, ...changes },
						lease('owner-2'),
						now,
					)
				).records.length;
			expect(await ask({ campaign: 'autumn' }, start + 60_000)).toBe(0);
			expect(await ask({ workflowId: 'x' }, start + 60_000)).toBe(0);
			expect(await ask({}, start + 8 * dayMs)).toBe(0);
			expect(await ask({ campaign: 'spring', executionId: 'execution' }, start + 60_000)).toBe(2);
		});

		test('several at once share it without overlap', async () => {
			await store.operations.record(campaign(60), lease(), start);
			const adopted = await Promise.all(
				Array.from({ length: 6 }, (_, index) => adopt(`heir-${index}`, start + 60_000, 10)),
			);
			const ids = adopted.flatMap(({ records }) => records.map(({ operationId }) => operationId));
			expect(new Set(ids).size).toBe(ids.length);
			const rest = await adopt('last', start + 60_000, 60);
			expect(ids.length + rest.records.length).toBe(60);
		});
	});

	describe('looking up', () => {
		test('by operation and message, in the order asked, null for what is not there', async () => {
			await store.operations.claim([intent('a'), intent('b')], lease(), start);
			await store.operations.settle([sent('b', 'wamid.b')], start);
			const byId = await store.operations.findByOperationId(['b', 'none', 'a', 'b'], start);
			expect(byId.map((each) => each?.operationId ?? null)).toEqual(['b', null, 'a', 'b']);
			const byMessage = await store.operations.findByMessageId(['none', 'wamid.b']);
			expect(byMessage.map((each) => each?.operationId ?? null)).toEqual([null, 'b']);
		});

		test('by fingerprint: of earlier executions, newest first', async () => {
			const of = (executionId: string) =>
				intent(`${executionId}:0`, { executionId, fingerprint: 'same' });
			await store.operations.claim([of('e1')], lease(), start);
			await store.operations.claim([of('e2')], lease(), start + 1);
			await store.operations.claim([of('e3')], lease(), start + 2);
			await store.operations.claim([{ ...of('e4'), accountKey: 'b' }], lease(), start + 3);
			const ask = async (limitEach: number, now = start + 4) =>
				(
					await store.operations.findByFingerprint(
						{
							accountKey: 'account',
							fingerprints: ['none', 'same'],
							executionId: 'e3',
							limitEach,
						},
						now,
					)
				).map((found) => found.map(({ executionId }) => executionId));
			expect(await ask(5)).toEqual([[], ['e2', 'e1']]);
			expect(await ask(1)).toEqual([[], ['e2']]);
			expect(await ask(5, start + 8 * dayMs)).toEqual([[], []]);
		});

		test('open unknown ones in pages, by age, also those of the dead', async () => {
			const intents = Array.from({ length: 7 }, (_, index) => intent(`u${index}`));
			await store.operations.claim(intents, lease(), start);
			await settle({ ...failed('u3'), state: 'unknown' }, start + 10);
			await settle(sent('u4'), start + 10);
			const ask = async (after: string | null, changedBefore: number, now: number) =>
				await store.operations.listUnknown(
					{ accountKey: 'account', limit: 4, after, changedBefore },
					now,
				);
			const early = await ask(null, start + 1_000, start + 20);
			expect(early.entries.map(({ operationId }) => operationId)).toEqual(['u3']);
			expect(early.next).toBeNull();
			const first = await ask(null, start + dayMs, start + 60_000);
			expect(first.entries.map(({ operationId }) => operationId)).toEqual(['u0', 'u1', 'u2', 'u3']);
			const second = await ask(first.next, start + dayMs, start + 60_000);
			expect(second.entries.map(({ operationId }) => operationId)).toEqual(['u5', 'u6']);
			expect(second.next).toBeNull();
			await expect(ask('nonsense', start, start)).rejects.toThrow(RangeError);
		});

		test('counts by state for what fits', async () => {
			await store.operations.claim([intent('a'), intent('b')], lease(), start);
			await store.operations.record([intent('c', { campaign: 'x' })], lease(), start + 10);
			await settle(sent('a'));
			const none = { sending: 0, failed: 0, blocked: 0, unknown: 0, cancelled: 0 };
			expect(await store.operations.countByState({ accountKey: 'account' })).toEqual({
				...none,
				recorded: 1,
				sending: 1,
				sent: 1,
			});
			expect(await store.operations.countByState({ accountKey: 'account', campaign: 'x' })).toEqual(
				{ ...none, recorded: 1, sent: 0 },
			);
			expect(
				await store.operations.countByState({ accountKey: 'account', from: start, to: start + 10 }),
			).toEqual({ ...none, recorded: 0, sending: 1, sent: 1 });
		});
	});
});
