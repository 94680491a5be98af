import { holdLease } from '../../../nodes/WhatsAppCloud/sending/idempotency/heldLease';
import { onEachEngine } from '../store/engines';
import { intent, lease } from '../store/samples';
import type { Store } from '../../../nodes/WhatsAppCloud/store/store';
import { createVirtualClock, type VirtualClock } from './virtualClock';

const leaseMs = 30_000;

onEachEngine('a held lease', (engine) => {
	let store: Store;
	let clock: VirtualClock;
	const problems: unknown[] = [];

	beforeEach(async () => {
		store = await engine.open();
		// No key of the samples has expired by then.
		clock = createVirtualClock(intent('a').expiresAt - 86_400_000);
		problems.length = 0;
		await store.outbox.enqueue([intent('a')], lease('slow', leaseMs), clock.now(), { start: true });
	});
	const hold = () =>
		holdLease(store, lease('slow', leaseMs), clock, (error) => problems.push(error));
	const stateOf = async () => (await store.outbox.findByOperationId(['a'], clock.now()))[0]?.state;
	/** The wall clock goes on while the process does nothing, as after SIGSTOP. */
	const standStill = (): void => clock.jump(leaseMs * 2);
	const look = async () =>
		await store.outbox.listUnknown({ accountKey: 'account', limit: 10 }, clock.now());

	test('a run that goes on holds what it has claimed', async () => {
		const held = hold();
		expect(await held.stillHolds('a')).toBe(true);
		await held.stop();
	});

	test('one that stood still takes back what was only taken for lost', async () => {
		const held = hold();
		standStill();
		await look();
		expect(await stateOf()).toBe('unknown');
		expect(await held.stillHolds('a')).toBe(true);
		expect(await stateOf()).toBe('sending');
		await held.stop();
	});

	test('one that nobody has missed goes on as well', async () => {
		const held = hold();
		standStill();
		expect(await held.stillHolds('a')).toBe(true);
		await look();
		expect(await stateOf()).toBe('sending');
		await held.stop();
	});

	test('what another is sending is left alone', async () => {
		const held = hold();
		standStill();
		await look();
		const other = lease('other');
		expect(await store.outbox.start(['a'], 'unknown', other, clock.now())).toEqual([true]);
		expect(await held.stillHolds('a')).toBe(false);
		await held.stop();
	});

	test('what another may have sent is left alone', async () => {
		const held = hold();
		standStill();
		await look();
		const other = lease('other');
		await store.outbox.start(['a'], 'unknown', other, clock.now());
		const settlement = { operationId: 'a', owner: 'other', state: 'unknown' as const, attempts: 1 };
		await store.outbox.complete([settlement], clock.now());
		expect(await held.stillHolds('a')).toBe(false);
		await held.stop();
	});

	test('what a dead one may have sent after this is left alone', async () => {
		const held = hold();
		standStill();
		await look();
		await store.outbox.start(['a'], 'unknown', lease('other'), clock.now());
		standStill();
		await look();
		expect(await stateOf()).toBe('unknown');
		expect(await held.stillHolds('a')).toBe(false);
		await held.stop();
	});

	test('what a status has settled is not sent', async () => {
		const held = hold();
		standStill();
		await store.outbox.complete(
			[{ operationId: 'a', owner: 'other', state: 'sent', messageId: 'wamid.1' }],
			clock.now(),
		);
		expect(await held.stillHolds('a')).toBe(false);
		await held.stop();
	});
});
