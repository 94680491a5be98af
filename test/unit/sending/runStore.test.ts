import { createRunStore, type RunStore } from '../../../nodes/WhatsAppCloud/sending/runStore';
import { StateProblem } from '../../../nodes/WhatsAppCloud/store/stateProblem';
import type { Store } from '../../../nodes/WhatsAppCloud/store/store';
import { onEachEngine } from '../store/engines';
import { intent } from '../store/samples';
import { createVirtualClock, type VirtualClock } from './virtualClock';

const away = new StateProblem('unreachable', 'No connection to the database');

onEachEngine('the store of a run', (engine) => {
	let store: Store;
	let clock: VirtualClock;
	/** What opening the store returns or throws, one for each time; the last one stays. */
	let openings: (Store | null | Error)[];
	let opened: number;
	const troubles: string[] = [];

	const open = (onStateProblem: 'stop' | 'continue' = 'stop'): RunStore =>
		createRunStore({
			openStore: async () => {
				const opening = openings[Math.min(opened++, openings.length - 1)] ?? null;
				if (opening instanceof Error) throw opening;
				return await Promise.resolve(opening);
			},
			executionId: '7',
			settings: () => ({ onStateProblem }),
			clock,
			log: { trouble: (what) => troubles.push(what) },
		});

	beforeEach(async () => {
		store = await engine.open();
		clock = createVirtualClock(intent('a').expiresAt - 86_400_000);
		openings = [store];
		opened = 0;
		troubles.length = 0;
	});

	test('is opened once, however many messages ask at the same time', async () => {
		const run = open();
		expect(await Promise.all([run.open(), run.open()])).toEqual([store, store]);
		expect(opened).toBe(1);
		expect(await run.stop()).toBe(store);
	});

	test('that is switched off does no work, and a message is owned without it', async () => {
		openings = [null];
		const run = open();
		expect(await run.use(() => Promise.reject(new Error('Not reached')), 'without')).toBe(
			'without',
		);
		expect(await run.stillOwns('a')).toBe(true);
		expect(await run.stop()).toBeNull();
	});

	test('that cannot be opened stops the run, and half a minute later is tried again', async () => {
		openings = [away, store];
		const run = open('stop');
		await expect(run.open()).rejects.toBe(away);
		await expect(run.open()).rejects.toBe(away);
		expect(opened).toBe(1);
		clock.jump(30_000);
		expect(await run.open()).toBe(store);
		expect(troubles).toEqual([]);
		await run.stop();
	});

	test('that cannot be opened is left alone for half a minute if the run goes on', async () => {
		openings = [away, store];
		const run = open('continue');
		expect(await run.open()).toBeNull();
		expect(await run.open()).toBeNull();
		expect(troubles).toEqual(['The state cannot be used; sending goes on without protection']);
		clock.jump(30_000);
		expect(await run.open()).toBe(store);
		await run.stop();
	});

	test('that fails at work is left alone as well, and stop still returns it', async () => {
		const run = open('continue');
		expect(await run.use(() => Promise.reject(away), 'without')).toBe('without');
		expect(await run.open()).toBeNull();
		expect(await run.stop()).toBe(store);
	});

	test('a clock that is set back by hours does not keep it away for hours', async () => {
		openings = [away, store];
		const run = open('continue');
		expect(await run.open()).toBeNull();
		clock.jump(-3_600_000);
		expect(await run.open()).toBe(store);
		await run.stop();
	});

	test('an error of another kind is thrown whatever the user chose', async () => {
		const run = open('continue');
		const defect = new TypeError('A defect');
		await expect(run.use(() => Promise.reject(defect), 'without')).rejects.toBe(defect);
		expect(troubles).toEqual([]);
		await run.stop();
	});

	test('its lease is renewed while it is open, under an owner of its own', async () => {
		const run = open();
		const other = open();
		expect(run.lease.owner).not.toBe(other.lease.owner);
		const renewed = jest.spyOn(store.outbox, 'renewLease');
		await run.open();
		await clock.run(clock.sleep(run.lease.leaseMs));
		await run.stop();
		expect(renewed).toHaveBeenCalledWith(run.lease, expect.any(Number));
	});
});
