import type { Store } from '../../../../nodes/WhatsAppCloud/store/store';
import { onEachEngine } from '../engines';
import { dayMs, start } from '../samples';

onEachEngine('contacts', (engine) => {
	let store: Store;
	beforeEach(async () => {
		store = await engine.open();
	});

	describe('contacts', () => {
		const at = (afterMs: number) => ({
			accountKey: 'account',
			contactKey: '491700000001',
			at: start + afterMs,
		});
		const get = async (...keys: string[]) => await store.contacts.get('account', keys);

		test('of two consents of the same time, the one that is taken back counts, in any order', async () => {
			const consent = (granted: boolean, note: string) =>
				({ ...at(1), fact: 'consent', category: 'news', granted, source: null, note }) as const;
			// What people write cannot be taken for it.
			const given = consent(true, '"granted":false');
			const taken = consent(false, 'STOP');
			const isGranted = async () => (await get('491700000001'))[0]?.consents['news']?.granted;
			await store.contacts.record([given], start + 10);
			expect(await isGranted()).toBe(true);
			await store.contacts.record([taken], start + 10);
			expect(await isGranted()).toBe(false);
			await store.contacts.record([given], start + 10);
			expect(await isGranted()).toBe(false);
			await store.contacts.record([taken, given], start + 10);
			expect(await isGranted()).toBe(false);
			await store.contacts.record([{ ...given, at: start + 2 }], start + 10);
			expect(await isGranted()).toBe(true);
		});

		test('the newest fact of each kind, number and category counts', async () => {
			await store.contacts.record(
				[
					{ ...at(5), fact: 'inbound', phoneNumberId: 'n1', messageId: 'wamid.5' },
					{ ...at(3), fact: 'inbound', phoneNumberId: 'n1', messageId: 'wamid.3' },
					{ ...at(1), fact: 'inbound', phoneNumberId: 'n2', messageId: null },
					{ ...at(1), fact: 'entryPoint', phoneNumberId: 'n2', source: 'ad' },
					{ ...at(1), fact: 'profile', name: 'Ann', username: null },
					{ ...at(1), fact: 'preference', category: 'marketing_messages', optedOut: true },
					{
						...at(1),
						fact: 'consent',
						category: 'news',
						granted: true,
						source: 'form',
						note: null,
					},
				],
				start + 10,
			);
			await store.contacts.record(
				[
					{ ...at(4), fact: 'inbound', phoneNumberId: 'n1', messageId: 'wamid.4' },
					{ ...at(2), fact: 'preference', category: 'marketing_messages', optedOut: false },
					{
						...at(9),
						fact: 'handoff',
						phoneNumberId: null,
						active: true,
						until: start + 60_000,
						by: 'agent',
						reason: null,
					},
				],
				start + 10,
			);
			expect(await get('491700000001', 'stranger')).toEqual([
				{
					keys: ['491700000001'],
					waKey: null,
					userKey: null,
					profile: { name: 'Ann', username: null, at: start + 1 },
					inbound: {
						n1: { messageId: 'wamid.5', at: start + 5 },
						n2: { messageId: null, at: start + 1 },
					},
					entryPoints: { n2: { source: 'ad', at: start + 1 } },
					closedWindows: {},
					preferences: { marketing_messages: { optedOut: false, at: start + 2 } },
					consents: { news: { granted: true, source: 'form', note: null, at: start + 1 } },
					handoffs: {
						'': {
							active: true,
							until: start + 60_000,
							by: 'agent',
							reason: null,
							at: start + 9,
						},
					},
					standby: {},
				},
				{
					keys: ['stranger'],
					waKey: null,
					userKey: null,
					profile: null,
					inbound: {},
					entryPoints: {},
					closedWindows: {},
					preferences: {},
					consents: {},
					handoffs: {},
					standby: {},
				},
			]);
		});

		test('a fact from a clock that ran ahead gives way', async () => {
			const consent = { fact: 'consent', category: 'x', source: null, note: null } as const;
			await store.contacts.record([{ ...at(dayMs), ...consent, granted: true }], start + dayMs);
			await store.contacts.record([{ ...at(1), ...consent, granted: false }], start + 1);
			expect((await get('491700000001'))[0]?.consents['x']).toMatchObject({ granted: false });
		});

		test('phone number and user ID of a person are one, by the newest link', async () => {
			const wa = '491700000001';
			const account = { accountKey: 'account' };
			await store.contacts.link([{ ...account, waKey: wa, userKey: 'DE.1', at: start }], start);
			await store.contacts.record(
				[
					{ ...at(1), fact: 'profile', name: 'Ann', username: null },
					{ ...at(2), contactKey: 'DE.1', fact: 'profile', name: 'Anna', username: 'anna' },
					{ ...at(1), fact: 'preference', category: 'marketing_messages', optedOut: true },
				],
				start + 2,
			);
			const person = {
				waKey: wa,
				userKey: 'DE.1',
				profile: { name: 'Anna' },
				preferences: { marketing_messages: { optedOut: true } },
			};
			expect(await get(wa, 'DE.1')).toMatchObject([
				{ ...person, keys: [wa, 'DE.1'] },
				{ ...person, keys: ['DE.1', wa] },
			]);
			// The number now belongs to another person.
			await store.contacts.link(
				[{ ...account, waKey: wa, userKey: 'DE.2', at: start + 9 }],
				start + 9,
			);
			expect(await get(wa)).toMatchObject([{ keys: [wa, 'DE.2'], profile: { name: 'Ann' } }]);
		});

		test('listing those with a fact, in pages', async () => {
			const handoff = {
				fact: 'handoff',
				phoneNumberId: null,
				active: true,
				until: null,
				by: null,
				reason: null,
			} as const;
			await store.contacts.record(
				['c', 'a', 'b'].map((contactKey) => ({ ...at(0), contactKey, ...handoff })),
				start,
			);
			await store.contacts.record(
				[
					{ ...at(1), contactKey: 'a', fact: 'inbound', phoneNumberId: 'n1', messageId: null },
					{ ...at(1), contactKey: 'a', fact: 'inbound', phoneNumberId: 'n2', messageId: null },
				],
				start,
			);
			const list = async (
				fact: 'handoff' | 'inbound',
				limit: number,
				after: string | null = null,
			) => await store.contacts.list({ accountKey: 'account', fact, limit, after });
			const first = await list('handoff', 2);
			expect(first.entries).toEqual([
				{ ...handoff, contactKey: 'a', at: start },
				{ ...handoff, contactKey: 'b', at: start },
			]);
			const second = await list('handoff', 2, first.next);
			expect(second).toMatchObject({ entries: [{ contactKey: 'c' }], next: null });
			const one = await list('inbound', 1);
			expect(one.entries).toMatchObject([{ phoneNumberId: 'n1' }]);
			expect((await list('inbound', 1, one.next)).entries).toMatchObject([{ phoneNumberId: 'n2' }]);
		});

		test('a user ID keeps all of its numbers', async () => {
			const account = { accountKey: 'account', userKey: 'DE.1' };
			await store.contacts.link(
				[
					{ ...account, waKey: '+491', at: start },
					{ ...account, waKey: '+492', at: start + 1 },
				],
				start + 1,
			);
			await store.contacts.record(
				[{ ...at(1), contactKey: '+491', fact: 'preference', category: 'news', optedOut: true }],
				start + 1,
			);
			const person = { waKey: '+492', preferences: { news: { optedOut: true } } };
			expect(await get('+492', '+491', 'DE.1')).toMatchObject([
				{ ...person, keys: ['+492', '+491', 'DE.1'] },
				{ ...person, keys: ['+491', '+492', 'DE.1'] },
				{ ...person, keys: ['DE.1', '+492', '+491'] },
			]);
			const { entries } = await store.contacts.people({ accountKey: 'account', limit: 10 });
			expect(entries.map(({ key }) => key)).toEqual(['+492']);
		});

		test('what was known when a person changed their number is known under the new one', async () => {
			const move = { accountKey: 'account', oldKey: '+491', newKey: '+492', at: start + 5 };
			const preference = { fact: 'preference', category: 'news' } as const;
			await store.contacts.record(
				[
					{ ...at(1), contactKey: '+491', ...preference, optedOut: true },
					{ ...at(2), contactKey: '+491', fact: 'profile', name: 'Ann', username: null },
					{ ...at(3), contactKey: '+492', fact: 'profile', name: 'Anna', username: null },
				],
				start + 5,
			);
			await store.contacts.move([move], start + 5);
			const keys = async () =>
				(await store.contacts.people({ accountKey: 'account', limit: 10 })).entries.map(
					({ key }) => key,
				);
			expect(await keys()).toEqual(['+492']);
			const moved = { profile: { name: 'Anna' }, preferences: { news: { optedOut: true } } };
			expect(await get('+492')).toMatchObject([moved]);
			// Somebody else has got the old number, and Meta delivers the change once more.
			await store.contacts.record(
				[{ ...at(9), contactKey: '+491', ...preference, optedOut: false }],
				start + 9,
			);
			await store.contacts.move([move], start + 9);
			expect(await get('+492')).toMatchObject([moved]);
			expect(await keys()).toEqual(['+491', '+492']);
		});

		test('the trail keeps every change of consent, each once, in pages and by person', async () => {
			const consent = { fact: 'consent', category: 'marketing', note: null } as const;
			const changes = [
				{ ...at(1), ...consent, granted: true, source: 'form' },
				{ ...at(3), ...consent, granted: false, source: 'STOP' },
			];
			await store.contacts.record(changes, start + 3);
			await store.contacts.record(
				[
					...changes,
					{ ...at(2), fact: 'preference', category: 'marketing_messages', optedOut: true },
					{ ...at(2), contactKey: '+492', ...consent, granted: true, source: null },
					{ ...at(2), fact: 'profile', name: 'Ann', username: null },
				],
				start + 9,
			);
			const first = await store.contacts.trail({ accountKey: 'account', limit: 3 });
			expect(first.entries).toMatchObject([
				{ contactKey: at(0).contactKey, granted: true, source: 'form', recordedAt: start + 3 },
				{ at: start + 2 },
				{ at: start + 2 },
			]);
			const second = await store.contacts.trail({
				accountKey: 'account',
				limit: 3,
				after: first.next,
			});
			expect(second.entries).toMatchObject([{ granted: false, source: 'STOP', at: start + 3 }]);
			expect(second.next).toBeNull();
			const own = await store.contacts.trail({
				accountKey: 'account',
				contactKeys: [at(0).contactKey, 'DE.1'],
				limit: 10,
			});
			expect(own.entries.map(({ kind, granted }) => [kind, granted])).toEqual([
				['consent', true],
				['preference', false],
				['consent', false],
			]);
		});
	});
});
