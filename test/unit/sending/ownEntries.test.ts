import {
	cancelledResult,
	type SendResult,
} from '../../../nodes/WhatsAppCloud/sending/attempt/outcome';
import type { Protection } from '../../../nodes/WhatsAppCloud/sending/idempotency/sendEntry';
import {
	enqueuingWaitMs,
	outcomeWaitMs,
} from '../../../nodes/WhatsAppCloud/sending/settings/deliveryFields';
import { createOwnEntries, type OwnEntries } from '../../../nodes/WhatsAppCloud/sending/ownEntries';
import type { OutboxEntry } from '../../../nodes/WhatsAppCloud/store/outbox/outboxEntry';
import type { Store } from '../../../nodes/WhatsAppCloud/store/store';
import { onEachEngine } from '../store/engines';
import { intent, lease } from '../store/samples';
import { createVirtualClock, type VirtualClock } from './virtualClock';

const delivered = (messageId: string): SendResult => ({
	...cancelledResult('active'),
	outcome: 'sent',
	messageId,
	attempts: 1,
});

onEachEngine('the entries of a run', (engine) => {
	let store: Store;
	let clock: VirtualClock;
	let entries: OwnEntries;

	beforeEach(async () => {
		store = await engine.open();
		clock = createVirtualClock(intent('a').expiresAt - 86_400_000);
		entries = createOwnEntries(lease('run'), clock);
	});
	const { accountKey } = intent('a');
	const entryOf = async (operationId: string): Promise<OutboxEntry | null | undefined> =>
		(await store.outbox.findByOperationId([operationId], clock.now()))[0];
	const reclaimed = async (): Promise<string[]> => {
		const request = { accountKey, limit: 10 };
		const { entries: found } = await store.outbox.reclaim(request, lease('other'), clock.now());
		return found.map(({ operationId }) => operationId);
	};

	test('what went out unprotected is completed when the run ends, and nobody sends it again', async () => {
		await entries.enqueue([intent('a'), intent('b')], store);
		entries.sentUnprotected('a', delivered('wamid.a'));
		expect(await entryOf('a')).toMatchObject({ state: 'recorded' });
		await entries.close(accountKey, store);
		expect(await entryOf('a')).toMatchObject({ state: 'sent', messageId: 'wamid.a' });
		expect(await entryOf('b')).toMatchObject({ state: 'cancelled' });
		expect(await reclaimed()).toEqual([]);
	});

	test('an outcome waits for others while a message waits for its turn, and no longer', async () => {
		const protection: Protection = {
			store,
			lease: lease('run'),
			clock,
			onUnknown: 'report',
			graceMs: 0,
			signal: undefined,
			outcomeMayWaitMs: () => outcomeWaitMs(80),
		};
		const complete = jest.spyOn(store.outbox, 'complete');
		let hasTurn = (): void => undefined;
		const turn = new Promise<void>((resolve) => (hasTurn = resolve));
		let isWaiting = (): void => undefined;
		const waits = new Promise<void>((resolve) => (isWaiting = resolve));
		const later = entries.send(
			intent('b'),
			protection,
			async (start) => {
				isWaiting();
				await turn;
				await start();
				return delivered('wamid.b');
			},
			{ leavesAtOnce: false, cap: null },
		);
		await waits;
		const first = await entries.send(
			intent('a'),
			protection,
			async (start) => {
				await start();
				return delivered('wamid.a');
			},
			{ leavesAtOnce: false, cap: null },
		);
		hasTurn();
		expect([first.outcome, (await later).outcome]).toEqual(['sent', 'sent']);
		const mayWait = complete.mock.calls.map(([[completion], , options]) => [
			completion?.operationId,
			options?.mayWaitMs,
		]);
		expect(mayWait).toEqual([
			['a', 38],
			['b', 0],
		]);
	});

	test('a message is enqueued with others if it has to wait for its turn anyway', async () => {
		const run = createOwnEntries(lease('run'), clock, (waiting) => enqueuingWaitMs(80, waiting));
		const protection: Protection = {
			store,
			lease: lease('run'),
			clock,
			onUnknown: 'report',
			graceMs: 0,
			signal: undefined,
		};
		const enqueue = jest.spyOn(store.outbox, 'enqueue');
		let haveTurn = (): void => undefined;
		const turn = new Promise<void>((resolve) => (haveTurn = resolve));
		/** @returns once it waits for its turn */
		const send = async (id: string): Promise<{ sent: Promise<SendResult> }> =>
			await new Promise((resolve) => {
				const sent = run.send(
					intent(id),
					protection,
					async (start) => {
						resolve({ sent });
						await turn;
						await start();
						return delivered(`wamid.${id}`);
					},
					{ leavesAtOnce: false, cap: null },
				);
			});
		const [first, second] = [await send('a'), await send('b')];
		haveTurn();
		expect([(await first.sent).outcome, (await second.sent).outcome]).toEqual(['sent', 'sent']);
		const mayWait = enqueue.mock.calls.map(([, , , options]) => options?.mayWaitMs);
		expect(mayWait).toEqual([0, 6]);
	});

	test('it waits for half the time until its turn, and 400 ms at most', () => {
		expect([0, 1, 32, 96].map((waiting) => enqueuingWaitMs(80, waiting))).toEqual([0, 6, 200, 400]);
		expect(enqueuingWaitMs(null, 96)).toBe(0);
	});

	test('an outcome waits about three slots, and 40 ms at most', () => {
		expect([null, 5, 80, 500, 1_000].map(outcomeWaitMs)).toEqual([0, 40, 38, 6, 3]);
	});
});
