import { startLeaseHeartbeat } from '../../../nodes/WhatsAppCloud/sending/idempotency/leaseHeartbeat';
import { onEachEngine } from '../store/engines';
import { intent, lease } from '../store/samples';
import type { Store } from '../../../nodes/WhatsAppCloud/store/store';
import { createVirtualClock, type VirtualClock } from './virtualClock';

const leaseMs = 30_000;

onEachEngine('the heartbeat of a lease', (engine) => {
	let store: Store;
	let clock: VirtualClock;
	const problems: unknown[] = [];

	beforeEach(async () => {
		store = await engine.open();
		// None of the sample keys has expired by then.
		clock = createVirtualClock(intent('a').expiresAt - 86_400_000);
		problems.length = 0;
		await store.outbox.enqueue([intent('a')], lease('slow', leaseMs), clock.now(), { start: true });
	});
	const beat = () =>
		startLeaseHeartbeat(store, lease('slow', leaseMs), clock, (error) => problems.push(error));
	const stateOf = async () => (await store.outbox.findByOperationId(['a'], clock.now()))[0]?.state;
	/** The wall clock runs on while the process stands still, as after SIGSTOP. */
	const stall = (): void => clock.jump(leaseMs * 2);
	const look = async () =>
		await store.outbox.listUnknown({ accountKey: 'account', limit: 10 }, clock.now());

	test('a run that goes on holds what it has claimed', async () => {
		const heartbeat = beat();
		expect(await heartbeat.stillOwns('a')).toBe(true);
		await heartbeat.stop();
	});

	test('one that stalled goes on with what was only marked as lost', async () => {
		const heartbeat = beat();
		stall();
		await look();
		expect(await stateOf()).toBe('unknown');
		expect(await heartbeat.stillOwns('a')).toBe(true);
		expect(await stateOf()).toBe('sending');
		await heartbeat.stop();
	});

	test('one that stalled unnoticed goes on as well', async () => {
		const heartbeat = beat();
		stall();
		expect(await heartbeat.stillOwns('a')).toBe(true);
		await look();
		expect(await stateOf()).toBe('sending');
		await heartbeat.stop();
	});

	test('what another is sending is left alone', async () => {
		const heartbeat = beat();
		stall();
		await look();
		const other = lease('other');
		expect(await store.outbox.start(['a'], 'unknown', other, clock.now())).toEqual([true]);
		expect(await heartbeat.stillOwns('a')).toBe(false);
		await heartbeat.stop();
	});

	test('what another may have sent is left alone', async () => {
		const heartbeat = beat();
		stall();
		await look();
		const other = lease('other');
		await store.outbox.start(['a'], 'unknown', other, clock.now());
		const settlement = { operationId: 'a', owner: 'other', state: 'unknown' as const, attempts: 1 };
		await store.outbox.complete([settlement], clock.now());
		expect(await heartbeat.stillOwns('a')).toBe(false);
		await heartbeat.stop();
	});

	test('what a dead one may have sent after this is left alone', async () => {
		const heartbeat = beat();
		stall();
		await look();
		await store.outbox.start(['a'], 'unknown', lease('other'), clock.now());
		stall();
		await look();
		expect(await stateOf()).toBe('unknown');
		expect(await heartbeat.stillOwns('a')).toBe(false);
		await heartbeat.stop();
	});

	test('what a status has completed is not sent', async () => {
		const heartbeat = beat();
		stall();
		await store.outbox.complete(
			[{ operationId: 'a', owner: 'other', state: 'sent', messageId: 'wamid.1' }],
			clock.now(),
		);
		expect(await heartbeat.stillOwns('a')).toBe(false);
		await heartbeat.stop();
	});
});
