import { usualRules } from '../../../../nodes/WhatsAppCloud/contacts/rules/rules';
import { createContactGuard } from '../../../../nodes/WhatsAppCloud/sending/guard/contactGuard';
import type { Store } from '../../../../nodes/WhatsAppCloud/store/store';
import { dayMs, hourMs } from '../../../../nodes/WhatsAppCloud/time/durations';
import { onEachEngine } from '../../store/engines';
import { start } from '../../store/samples';

const person = '+4917112345678';
const phoneNumberId = '1';

onEachEngine('a clock that jumps across a restart', (engine) => {
	let store: Store;
	beforeEach(async () => {
		store = await engine.open();
		await store.purge('account', start);
	});

	/** The window as a process sees it that has just started, by its clock. */
	const windowAt = async (now: number): Promise<string> => {
		const guard = createContactGuard({
			accountKey: 'account',
			keyOf: (address) => address,
			usualRules,
			listeningSince: async () => await Promise.resolve(start - 100 * dayMs),
			categoryOfTemplate: async () => await Promise.resolve(null),
			clock: { now: () => now, sleep: async () => await Promise.resolve() },
		});
		return (await guard.windowOf({ to: person }, phoneNumberId, store)).state;
	};
	/** The person wrote so long before the state was last used. */
	const wrote = async (agoMs: number) =>
		await store.contacts.record(
			[
				{
					...{ fact: 'inbound', phoneNumberId, messageId: 'wamid.1' },
					...{ accountKey: 'account', contactKey: person, at: start - agoMs },
				},
			],
			start,
		);

	test.each([1, 23, 25, 30, 47, 100])('set back by %d hours, it opens no window', async (hours) => {
		for (const agoMs of [72, 48, 30, 24, 1].map((ago) => ago * hourMs)) {
			await wrote(agoMs);
			expect(await windowAt(start - hours * hourMs)).toBe('unknown');
		}
	});

	test('nor after the state has seen the new time', async () => {
		await wrote(30 * hourMs);
		const back = start - 25 * hourMs;
		await store.purge('account', back);
		expect(await windowAt(back + hourMs)).toBe('unknown');
	});

	test.each([1, 25, 1_000])('set forward by %d hours, it opens no window', async (hours) => {
		await wrote(30 * hourMs);
		expect(await windowAt(start + hours * hourMs)).toBe('closed');
	});

	test('a clock that runs on opens and closes it as ever', async () => {
		await wrote(hourMs);
		expect(await windowAt(start)).toBe('open');
		expect(await windowAt(start + 22 * hourMs)).toBe('open');
		expect(await windowAt(start + 24 * hourMs)).toBe('closed');
	});
});
