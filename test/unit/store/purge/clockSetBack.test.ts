import type { Store } from '../../../../nodes/WhatsAppCloud/store/store';
import { dayMs, hourMs } from '../../../../nodes/WhatsAppCloud/time/durations';
import { onEachEngine } from '../engines';
import { start } from '../samples';

onEachEngine('a clock that was set back', (engine) => {
	let store: Store;
	beforeEach(async () => {
		store = await engine.open();
	});
	const purge = async (now: number) => await store.purge('account', now);
	const wasSetBack = async (now: number) => await store.clockWasSetBack(now);

	test('a state that has seen no time yet tells nothing', async () => {
		expect(await wasSetBack(start)).toBe(false);
	});

	test('time that passes, and a clock set forward, are no reason for doubt', async () => {
		await purge(start);
		for (const later of [0, hourMs, 30 * dayMs]) {
			expect(await wasSetBack(start + later)).toBe(false);
		}
		await purge(start + 30 * dayMs);
		expect(await wasSetBack(start + 30 * dayMs)).toBe(false);
		// Hosts that share a state differ by a second.
		expect(await wasSetBack(start + 30 * dayMs - 1_000)).toBe(false);
	});

	test('it is noticed before the next purge, and remembered after it', async () => {
		await purge(start);
		const back = start - 5 * hourMs;
		expect(await wasSetBack(back)).toBe(true);
		await purge(back);
		await purge(back + hourMs);
		expect(await wasSetBack(back + hourMs)).toBe(true);
		// Until everything from before it is a day old.
		expect(await wasSetBack(start + 23 * hourMs)).toBe(true);
		expect(await wasSetBack(start + 24 * hourMs)).toBe(false);
	});

	test('twice, the later time of the two counts', async () => {
		await purge(start);
		await purge(start - 5 * hourMs);
		await purge(start - 6 * hourMs);
		expect(await wasSetBack(start + 23 * hourMs)).toBe(true);
	});

	test('a wrong time far ahead is forgotten after two days', async () => {
		await purge(start + 1_000 * dayMs);
		await purge(start);
		expect(await wasSetBack(start + 47 * hourMs)).toBe(true);
		await purge(start + 47 * hourMs);
		expect(await wasSetBack(start + 2 * dayMs)).toBe(false);
	});
});
