import type { JsonValue } from '../../../nodes/WhatsAppCloud/events/reading/lenientJson';
import { markOf } from '../../../nodes/WhatsAppCloud/graph/identifiers';
import { messagesWebhook } from '../../unit/events/fixture';
import { onEachEngine } from '../../unit/store/engines';
import { intent, lease, sent } from '../../unit/store/samples';
import { ACCOUNT, KEY, minuteMs, NUMBER, peopleOn, PHONE } from './peopleSetup';
import { account as simulated, SimulatedN8n, type Behaviour } from './simulatedN8n';

const USER = 'DE.1349';

onEachEngine('a person who was erased', (engine) => {
	const people = peopleOn(engine);
	const { seconds, pass, deliver, person } = people;
	const account = { ...simulated, businessAccountId: ACCOUNT, keepTexts: true };

	const start = async (changes = {}, behaviour: Partial<Behaviour> = {}) => {
		const own = { ...account, ...changes };
		const settings = { optOutConfirmation: 'Bye' };
		const n8n = new SimulatedN8n(people.store, people.clock, people.begun, {
			account: own,
			settings,
			...behaviour,
		});
		await n8n.publish('first');
		return n8n;
	};
	/** Known by number and user ID. */
	const writes = (body: string): JsonValue =>
		messagesWebhook({
			contacts: [{ wa_id: PHONE, user_id: USER, profile: { name: 'Ann' } }],
			messages: [
				{
					id: `wamid.${people.next()}`,
					from: PHONE,
					from_user_id: USER,
					timestamp: seconds(),
					type: 'text',
					text: { body },
				},
			],
		});
	const status = (id: string, name: string, content: Record<string, JsonValue> = {}): JsonValue =>
		messagesWebhook({
			statuses: [{ id, status: name, timestamp: seconds(), recipient_id: PHONE, ...content }],
		});
	const erase = async () => {
		const keys = [KEY, USER];
		const marks = keys.map((key) => markOf(account, key));
		await people.store.people.erase(
			{ accountKey: ACCOUNT, keys, inWebhooks: [PHONE, USER] },
			marks,
			people.clock.now(),
		);
	};
	const left = async () =>
		(
			await people.store.people.read({
				accountKey: ACCOUNT,
				keys: [KEY, USER],
				inWebhooks: [PHONE, USER],
			})
		).map(({ table }) => table);

	test('does not come back with what Meta repeats, and starts nothing again', async () => {
		const n8n = await start();
		const [hello, stop, read] = [writes('hello'), writes('STOP'), status('wamid.sent', 'read')];
		for (const payload of [hello, stop, read]) await deliver(n8n, payload);
		expect(new Set(await left())).toEqual(
			new Set(['messages', 'texts', 'contact_facts', 'consent_log', 'contact_links']),
		);
		const begun = people.begun.length;
		await pass(minuteMs);
		await erase();
		expect(await left()).toEqual([]);
		for (const wait of [0, minuteMs]) {
			await pass(wait);
			const told = [];
			for (const payload of [hello, stop, read]) {
				told.push(...(await deliver(n8n, payload)).confirmations);
			}
			expect(told).toEqual([]);
			expect(await left()).toEqual([]);
		}
		expect(people.begun).toHaveLength(begun);
	});

	test('is known again from what they write afterwards', async () => {
		const n8n = await start();
		await deliver(n8n, writes('hello'));
		await pass(minuteMs);
		await erase();
		await pass(minuteMs);
		const { confirmations } = await deliver(n8n, writes('STOP'));
		expect(confirmations).toMatchObject([{ text: 'Bye' }]);
		expect(await person()).toMatchObject({
			profile: { name: 'Ann' },
			consents: { marketing: { granted: false } },
			inbound: { [NUMBER]: { at: expect.any(Number) } },
		});
		expect(await left()).toContain('texts');
	});

	test('starts workflows with a message that Meta has not brought before, of which nothing stays', async () => {
		const n8n = await start();
		const late = writes('hello');
		await pass(minuteMs);
		await erase();
		await deliver(n8n, late);
		expect(people.begun).toMatchObject([{ items: [{ text: 'hello' }] }]);
		expect(await left()).toEqual([]);
	});

	test('is not told of by statuses of messages that were erased; those sent since count', async () => {
		const n8n = await start();
		const send = async (id: string) => {
			const of = { accountKey: ACCOUNT, recipientKey: KEY, phoneNumberId: NUMBER };
			const now = people.clock.now();
			await people.store.outbox.enqueue([intent(id, of)], lease(), now, { start: true });
			await people.store.outbox.complete([sent(id)], now);
		};
		await send('before');
		await erase();
		await pass(minuteMs);
		await deliver(n8n, status('wamid.before', 'read'));
		expect(await left()).toEqual([]);
		await send('since');
		await deliver(n8n, status('wamid.since', 'read'));
		expect((await left()).sort()).toEqual(['messages', 'operations']);
	});

	test('is told of by a status whose message is known by its operation ID alone', async () => {
		const n8n = await start();
		await erase();
		await pass(minuteMs);
		const now = people.clock.now();
		const of = { accountKey: ACCOUNT, recipientKey: KEY, phoneNumberId: NUMBER };
		const own = intent('lost answer', { ...of, expiresAt: now + 60 * minuteMs });
		await people.store.outbox.enqueue([own], lease(), now, { start: true });
		for (const other of ['of another sender', 'x'.repeat(600)]) {
			await deliver(n8n, status('wamid.2', 'read', { biz_opaque_callback_data: other }));
		}
		expect(await left()).toEqual(['operations']);
		const data = { biz_opaque_callback_data: 'lost answer|their own value' };
		await deliver(n8n, status('wamid.1', 'read', data));
		expect((await left()).sort()).toEqual(['messages', 'operations']);
	});

	test('is not brought back by a webhook that came before and is written after', async () => {
		const told: number[] = [];
		const n8n = await start(
			{},
			{
				keepConfirmations: async (confirmations) => {
					told.push(confirmations.length);
					if (told.length === 1) await erase();
				},
			},
		);
		const { confirmations, startingIds } = await deliver(n8n, writes('STOP'));
		// Planned with an answer, and again without.
		expect(told).toEqual([1, 0]);
		expect(confirmations).toEqual([]);
		expect(startingIds).toEqual(['first']);
		expect(people.begun).toMatchObject([{ items: [{ text: 'STOP' }] }]);
		expect(await left()).toEqual([]);
	});

	test('is remembered from the second of the erasure on: an opt-out, too', async () => {
		const n8n = await start();
		await deliver(n8n, writes('hello'));
		await pass(minuteMs - (people.clock.now() % 1_000) + 200);
		await erase();
		await pass(700);
		await deliver(n8n, writes('STOP'));
		expect(await person()).toMatchObject({ consents: { marketing: { granted: false } } });
	});

	test('has stopped marketing if Meta says so of what another system has sent since', async () => {
		const n8n = await start();
		await deliver(n8n, writes('hello'));
		await pass(minuteMs);
		await erase();
		await pass(minuteMs);
		const errors = (code: number) => ({ errors: [{ code, title: 'Not delivered' }] });
		await deliver(n8n, status('wamid.late', 'failed', errors(131047)));
		expect(await left()).toEqual([]);
		await deliver(n8n, status('wamid.other', 'failed', errors(131050)));
		expect((await left()).sort()).toEqual(['consent_log', 'contact_facts']);
		expect(await person()).toMatchObject({
			preferences: { marketing_messages: { optedOut: true } },
		});
	});

	test('is found under hashes, too', async () => {
		const hashed = { ...account, hashIdentifiers: true };
		const n8n = await start({ hashIdentifiers: true });
		const hello = writes('hello');
		await deliver(n8n, hello);
		const keys = [KEY, USER].map((key) => markOf(hashed, key));
		const all = { accountKey: ACCOUNT, keys, inWebhooks: [PHONE, USER] };
		expect(await people.store.people.read(all)).not.toEqual([]);
		await pass(minuteMs);
		await people.store.people.erase(all, keys, people.clock.now());
		await deliver(n8n, hello);
		expect(await people.store.people.read(all)).toEqual([]);
	});
});
