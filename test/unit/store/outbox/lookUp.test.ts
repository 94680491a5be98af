import type { Store } from '../../../../nodes/WhatsAppCloud/store/store';
import { onEachEngine } from '../engines';
import { dayMs, failed, intent, lease, sent, start } from '../samples';
import { callsOf } from './calls';

onEachEngine('looking up operations', (engine) => {
	let store: Store;
	beforeEach(async () => {
		store = await engine.open();
	});
	const { complete } = callsOf(() => store);

	describe('looking up', () => {
		test('by operation and message, in the order asked, null for what is not there', async () => {
			await store.outbox.enqueue([intent('a'), intent('b')], lease(), start, { start: true });
			await store.outbox.complete([sent('b', 'wamid.b')], start);
			const byId = await store.outbox.findByOperationId(['b', 'none', 'a', 'b'], start);
			expect(byId.map((each) => each?.operationId ?? null)).toEqual(['b', null, 'a', 'b']);
			const byMessage = await store.outbox.findByMessageId(['none', 'wamid.b']);
			expect(byMessage.map((each) => each?.operationId ?? null)).toEqual([null, 'b']);
		});

		test('by fingerprint: of earlier executions, newest first', async () => {
			const of = (executionId: string) =>
				intent(`${executionId}:0`, { executionId, fingerprint: 'same' });
			await store.outbox.enqueue([of('e1')], lease(), start, { start: true });
			await store.outbox.enqueue([of('e2')], lease(), start + 1, { start: true });
			await store.outbox.enqueue([of('e3')], lease(), start + 2, { start: true });
			await store.outbox.enqueue([{ ...of('e4'), accountKey: 'b' }], lease(), start + 3, {
				start: true,
			});
			const ask = async (limitEach: number) =>
				(
					await store.outbox.findByFingerprint({
						accountKey: 'account',
						fingerprints: ['none', 'same'],
						limitEach,
					})
				).map((found) => found.map(({ executionId }) => executionId));
			expect(await ask(5)).toEqual([[], ['e3', 'e2', 'e1']]);
			expect(await ask(1)).toEqual([[], ['e3']]);

			const began = async (executionId: string, executionBegan: number) => {
				const of = { executionId, executionBegan, fingerprint: 'same' };
				await store.outbox.enqueue([intent(`${executionId}:0`, of)], lease(), start + 9, {
					start: true,
				});
			};
			await began('e5', start);
			await began('e6', start + 1);
			const [found] = await store.outbox.findByFingerprint({
				accountKey: 'account',
				fingerprints: ['same'],
				executionBegan: start,
				limitEach: 9,
			});
			expect(found?.map(({ executionId }) => executionId)).toEqual(['e5', 'e3', 'e2', 'e1']);
		});

		test('open unknown ones in pages, by age, also those of the dead', async () => {
			const intents = Array.from({ length: 7 }, (_, index) => intent(`u${index}`));
			await store.outbox.enqueue(intents, lease(), start, { start: true });
			await complete({ ...failed('u3'), state: 'unknown' }, start + 10);
			await complete(sent('u4'), start + 10);
			const ask = async (after: string | null, changedBefore: number, now: number) =>
				await store.outbox.listUnknown(
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
			await store.outbox.enqueue([intent('a'), intent('b')], lease(), start, { start: true });
			await store.outbox.enqueue([intent('c', { campaign: 'x' })], lease(), start + 10);
			await complete(sent('a'));
			const none = { sending: 0, failed: 0, blocked: 0, unknown: 0, cancelled: 0 };
			expect(await store.outbox.countByState({ accountKey: 'account' })).toEqual({
				...none,
				recorded: 1,
				sending: 1,
				sent: 1,
			});
			expect(await store.outbox.countByState({ accountKey: 'account', campaign: 'x' })).toEqual({
				...none,
				recorded: 1,
				sent: 0,
			});
			expect(
				await store.outbox.countByState({ accountKey: 'account', from: start, to: start + 10 }),
			).toEqual({ ...none, recorded: 0, sending: 1, sent: 1 });
		});
	});
});
