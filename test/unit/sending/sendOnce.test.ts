import {
	closeAsFailed,
	KeyConflict,
	sendOnce,
} from '../../../nodes/WhatsAppCloud/sending/idempotency/sendOnce';
import {
	cancelledResult,
	type SendResult,
} from '../../../nodes/WhatsAppCloud/sending/attempt/outcome';
import {
	sendEntry,
	type Protection,
	type Start,
} from '../../../nodes/WhatsAppCloud/sending/idempotency/sendEntry';
import type { Store } from '../../../nodes/WhatsAppCloud/store/store';
import { onEachEngine } from '../store/engines';
import { intent, lease } from '../store/samples';
import { delivered, refused, unknown } from './sendResults';
import { createVirtualClock, type VirtualClock } from './virtualClock';
import { present } from '../../present';

const graceMs = 3_600_000;

onEachEngine('sending once', (engine) => {
	let store: Store;
	let clock: VirtualClock;
	let sends: number;

	beforeEach(async () => {
		store = await engine.open();
		clock = createVirtualClock(intent('a').expiresAt - 86_400_000);
		sends = 0;
	});
	const protection = (changes: Partial<Protection> = {}): Protection => ({
		store,
		lease: lease('first'),
		clock,
		onUnknown: 'report',
		graceMs,
		signal: undefined,
		...changes,
	});
	const giving = (result: SendResult) => async (start: Start) => {
		expect(await start()).toBe('started');
		sends++;
		return result;
	};
	const send = async (result: SendResult, changes: Partial<Protection> = {}, of = intent('a')) =>
		await sendOnce(of, protection(changes), giving(result));
	const stateOf = async () => (await store.outbox.findByOperationId(['a'], clock.now()))[0]?.state;

	test('the second gets the message ID of the first', async () => {
		expect(await send(delivered())).toMatchObject({ outcome: 'sent', messageId: 'wamid.1' });
		expect(await send(delivered({ messageId: 'wamid.2' }))).toMatchObject({
			outcome: 'duplicate',
			messageId: 'wamid.1',
			attempts: 0,
		});
		expect(sends).toBe(1);
	});

	describe('within a cap, enqueued, counted and started by one write', () => {
		const cap = {
			accountKey: 'account',
			contactKeys: [intent('a').recipientKey],
			since: 0,
			category: null,
			ownCategory: null,
			most: 1,
		};
		const sendWithin = async (operationId: string) =>
			await sendOnce(
				intent(operationId),
				protection(),
				async (start) => {
					const answer = await start(cap);
					if (answer === 'capped') {
						return { ...cancelledResult('active'), outcome: 'blocked' };
					}
					sends++;
					return delivered({ messageId: `wamid.${operationId}` });
				},
				{ leavesAtOnce: true, cap },
			);

		test('goes, and what is over the cap is blocked and kept as such', async () => {
			expect(await sendWithin('a')).toMatchObject({ outcome: 'sent' });
			expect(await sendWithin('b')).toMatchObject({ outcome: 'blocked' });
			expect(sends).toBe(1);
			const [entry] = await store.outbox.findByOperationId(['b'], clock.now());
			expect(entry).toMatchObject({ state: 'blocked' });
		});

		test('what went before is a duplicate, whatever the cap says', async () => {
			await sendWithin('a');
			expect(await sendWithin('a')).toMatchObject({ outcome: 'duplicate', messageId: 'wamid.a' });
			expect(sends).toBe(1);
		});
	});

	test('the same key with another content is refused', async () => {
		await send(delivered());
		await expect(send(delivered(), {}, intent('a', { payloadHash: 'other' }))).rejects.toThrow(
			KeyConflict,
		);
		expect(sends).toBe(1);
	});

	test('what failed is sent again', async () => {
		expect(await send(refused)).toMatchObject({ outcome: 'failed' });
		expect(await send(delivered())).toMatchObject({ outcome: 'sent' });
	});

	describe('what is unknown', () => {
		beforeEach(async () => {
			await send(unknown);
		});

		test('is reported, however late', async () => {
			clock.jump(graceMs * 10);
			expect(await send(delivered())).toMatchObject({ outcome: 'unknown', attempts: 0 });
			expect(sends).toBe(1);
		});

		test.each(['resend', 'fail'] as const)('waits for its status first (%s)', async (onUnknown) => {
			clock.jump(graceMs - 1);
			expect(await send(delivered(), { onUnknown })).toMatchObject({ outcome: 'unknown' });
			expect(sends).toBe(1);
		});

		test('is sent again after the grace period, if the user wants that', async () => {
			clock.jump(graceMs);
			expect(await send(delivered(), { onUnknown: 'resend' })).toMatchObject({ outcome: 'sent' });
			expect(await stateOf()).toBe('sent');
		});

		test('stays unknown where the second attempt is refused: the first may have arrived', async () => {
			clock.jump(graceMs);
			expect(await send(refused, { onUnknown: 'resend' })).toMatchObject({
				outcome: 'unknown',
				error: { code: 131026 },
			});
			expect(await stateOf()).toBe('unknown');
		});

		test('counts as failed after the grace period, if the user wants that', async () => {
			clock.jump(graceMs);
			expect(await send(delivered(), { onUnknown: 'fail' })).toMatchObject({ outcome: 'failed' });
			expect(sends).toBe(1);
			expect(await stateOf()).toBe('failed');
		});
	});

	describe('what another one sends again meanwhile', () => {
		const resend = async (settledAs: 'sent' | 'unknown' | null): Promise<void> => {
			const other = lease('second');
			const now = clock.now();
			await store.outbox.start(['a'], 'unknown', other, now);
			if (settledAs === null) return;
			const messageId = settledAs === 'sent' ? 'wamid.2' : null;
			const completed = { operationId: 'a', owner: other.owner, state: settledAs, messageId };
			await store.outbox.complete([completed], now);
		};

		test.each([
			[null, null, 'sending'],
			['unknown', null, 'unknown'],
			['sent', 'duplicate', 'sent'],
		] as const)('is not closed as failed (%s)', async (settledAs, outcome, state) => {
			await send(unknown);
			const [read] = await store.outbox.findByOperationId(['a'], clock.now());
			clock.jump(graceMs);
			await resend(settledAs);
			const closed = await closeAsFailed(present(read), protection());
			expect(closed?.outcome ?? null).toBe(outcome);
			expect(await stateOf()).toBe(state);
		});

		test.each([null, 'unknown', 'sent'] as const)(
			'is not sent a third time by who looked before (%s)',
			async (settledAs) => {
				await send(unknown);
				const [read] = await store.outbox.findByOperationId(['a'], clock.now());
				clock.jump(graceMs);
				await resend(settledAs);
				const { updatedAt: unknownSince } = present(read);
				let sends = 0;
				const sent = await sendEntry('a', { unknownSince }, protection(), async (begin) => {
					if ((await begin()) === 'started') sends++;
					return cancelledResult('active');
				});
				expect([sent, sends]).toEqual([null, 0]);
			},
		);

		test.each([
			[null, 'unknown'],
			['unknown', 'unknown'],
			['sent', 'duplicate'],
		] as const)('is not called failed by the first one (%s)', async (settledAs, outcome) => {
			// The first one hangs; the second one assumes it is dead.
			const first = sendOnce(intent('a'), protection(), async (start) => {
				await start();
				clock.jump(60_000);
				await store.outbox.listUnknown({ accountKey: 'account', limit: 9 }, clock.now());
				await resend(settledAs);
				return refused;
			});
			expect(await first).toMatchObject({ outcome });
			expect(await stateOf()).toBe(settledAs ?? 'sending');
		});
	});

	test('a status that comes before the answer proves that it went out', async () => {
		const sending = sendOnce(intent('a'), protection(), async (start) => {
			await start();
			await store.outbox.complete(
				[{ operationId: 'a', owner: 'webhook', state: 'sent', messageId: 'wamid.9' }],
				clock.now(),
			);
			return unknown;
		});
		expect(await sending).toMatchObject({ outcome: 'sent', messageId: 'wamid.9', error: null });
	});

	test('what could not be begun is free again', async () => {
		const sending = sendOnce(intent('a'), protection(), () =>
			Promise.reject(new Error('No slot could be had')),
		);
		await expect(sending).rejects.toThrow('No slot could be had');
		expect(await stateOf()).toBe('cancelled');
	});

	describe('what is recorded', () => {
		const record = async (owner: string) =>
			await store.outbox.enqueue([intent('a')], lease(owner), clock.now());
		const sendLeft = async (result: SendResult) =>
			await sendEntry('a', 'enqueued', protection(), async (begin) =>
				(await begin()) === 'started' ? await giving(result)(begin) : unknown,
			);

		test('is taken and sent', async () => {
			await record('first');
			expect(await sendLeft(delivered())).toMatchObject({ outcome: 'sent' });
			expect(await stateOf()).toBe('sent');
		});

		test('stays recorded while it waits for its turn', async () => {
			await record('first');
			await sendEntry('a', 'enqueued', protection(), async () => {
				expect(await stateOf()).toBe('recorded');
				return cancelledResult('active');
			});
			expect(await stateOf()).toBe('recorded');
		});

		test('and is sent by another is left to it', async () => {
			await record('other');
			expect(await sendLeft(delivered())).toBeNull();
			expect(sends).toBe(0);
			expect(await stateOf()).toBe('recorded');
		});

		test('stays recorded where no slot can be had for it', async () => {
			await record('first');
			const sending = sendEntry('a', 'enqueued', protection(), () =>
				Promise.reject(new Error('No slot could be had')),
			);
			await expect(sending).rejects.toThrow('No slot could be had');
			expect(await stateOf()).toBe('recorded');
		});
	});

	test('an unknown message that waits and is not begun stays unknown, and says so', async () => {
		await send(unknown);
		const waited = await sendEntry('a', { unknownSince: 0 }, protection(), () =>
			Promise.resolve(cancelledResult('active')),
		);
		expect(waited).toMatchObject({ outcome: 'unknown' });
		expect(await stateOf()).toBe('unknown');
	});
});
