import type { JsonValue } from '../../../nodes/WhatsAppCloud/events/reading/lenientJson';
import { optionId } from '../../../nodes/WhatsAppCloud/questions/optionIds';
import { StateProblem } from '../../../nodes/WhatsAppCloud/store/stateProblem';
import type { Store } from '../../../nodes/WhatsAppCloud/store/store';
import { changeWebhook, messagesWebhook } from '../../unit/events/fixture';
import { createVirtualClock, type VirtualClock } from '../../unit/sending/virtualClock';
import { onEachEngine } from '../../unit/store/engines';
import { SimulatedN8n, type Begun } from './simulatedN8n';
import { WatchedStore } from './watchedStore';

/** As the webhooks of the fixtures name them. */
const ACCOUNT = '300000000000001';
const NUMBER = '200000000000001';

const PHONE = '49151';
const KEY = `+${PHONE}`;
const minuteMs = 60_000;

onEachEngine('what people write', (engine) => {
	let store: Store;
	let clock: VirtualClock;
	let begun: Begun[];
	let count = 0;

	beforeEach(async () => {
		const watched = new WatchedStore(await engine.open());
		({ store } = watched);
		clock = createVirtualClock(Date.now(), async () => await watched.idle());
		begun = [];
	});

	const start = async (settings: Record<string, unknown> = {}) => {
		const n8n = new SimulatedN8n(store, clock, begun, { settings });
		await n8n.publish('first');
		return n8n;
	};
	const seconds = () => String(Math.floor(clock.now() / 1_000));
	const pass = async (ms: number) => await clock.run(clock.sleep(ms));
	const deliver = async (n8n: SimulatedN8n, payload: JsonValue) => {
		const received = await clock.run(n8n.receive(payload));
		await pass(2_000);
		return received;
	};
	const message = (content: Record<string, JsonValue>, from = PHONE): JsonValue =>
		messagesWebhook({
			messages: [{ id: `wamid.${++count}`, from, timestamp: seconds(), type: 'text', ...content }],
		});
	const text = (body: string) => message({ text: { body } });
	const inField = (field: string, value: Record<string, JsonValue>): JsonValue =>
		changeWebhook(field, {
			messaging_product: 'whatsapp',
			metadata: { display_phone_number: '15550001111', phone_number_id: NUMBER },
			...value,
		});
	const person = async (key = KEY) => (await store.contacts.get(ACCOUNT, [key]))[0];

	describe('consent', () => {
		test('a word as a whole opts out of marketing, in any language and case; a sentence does not', async () => {
			const n8n = await start();
			await deliver(n8n, text('Please stop by tomorrow'));
			expect((await person())?.consents).toEqual({});
			await deliver(n8n, text('Désabonner !'));
			expect((await person())?.consents['marketing']).toMatchObject({
				granted: false,
				source: 'Opt-out word',
				note: '"Désabonner !" in message wamid.2',
			});
			// The workflow gets both messages, and sees which one it need not answer.
			await deliver(n8n, text('start'));
			expect(begun.map(({ items }) => items[0]?.['consent'])).toEqual([
				undefined,
				'optedOut',
				'optedIn',
			]);
			const { entries } = await store.contacts.trail({ accountKey: ACCOUNT, limit: 10 });
			expect(entries).toMatchObject([
				{ contactKey: KEY, category: 'marketing', granted: false },
				{ contactKey: KEY, category: 'marketing', granted: true },
			]);
		});

		test('a redacted item says so, too', async () => {
			const n8n = await start({ redact: true });
			await deliver(n8n, text('STOP'));
			expect(begun[0]?.items[0]).toMatchObject({ text: null, consent: 'optedOut' });
		});

		test('a button counts, a voice message and a group do not', async () => {
			const n8n = await start();
			await deliver(n8n, message({ type: 'audio', audio: { id: 'a', voice: true } }));
			await deliver(n8n, message({ text: { body: 'STOP' }, group_id: 'group-1' }));
			expect((await person())?.consents ?? {}).toEqual({});
			const button = { text: 'Stop promotions', payload: 'Stop promotions' };
			await deliver(n8n, message({ type: 'button', button }));
			expect((await person())?.consents['marketing']).toMatchObject({ granted: false });
		});

		test('a tap on a button of a question answers it, whatever the button says', async () => {
			const n8n = await start();
			const id = optionId({ questionId: 'q1', step: 0, option: 1 });
			const reply = { type: 'button_reply', button_reply: { id, title: 'Stop' } };
			await deliver(n8n, message({ type: 'interactive', interactive: reply }));
			expect((await person())?.consents).toEqual({});
		});

		test('a confirmation goes to whoever changes their mind, once', async () => {
			const n8n = await start({ optOutConfirmation: 'Bye', optInConfirmation: 'Hi again' });
			const stop = text('STOP');
			const told = async (payload: JsonValue) =>
				(await deliver(n8n, payload)).confirmations.map(({ text: said, key }) => ({ said, key }));
			// START takes nothing back yet.
			expect(await told(text('start'))).toEqual([]);
			const first = await told(stop);
			expect(first).toMatchObject([{ said: 'Bye' }]);
			// Meta delivers it again, and the person writes it again.
			expect(await told(stop)).toEqual([]);
			expect(await told(text('stop'))).toEqual([]);
			const back = await told(text('Start'));
			expect(back).toMatchObject([{ said: 'Hi again' }]);
			const again = await told(text('Stop'));
			expect(again).toMatchObject([{ said: 'Bye' }]);
			const keys = [...first, ...back, ...again].map(({ key }) => key);
			expect(new Set(keys).size).toBe(3);
		});

		test('a confirmation is kept before the wish, under the same key if Meta delivers again', async () => {
			const kept: string[] = [];
			let isBroken = true;
			const n8n = new SimulatedN8n(store, clock, begun, {
				settings: { optOutConfirmation: 'Bye' },
				keepConfirmations: async (confirmations) => {
					kept.push(...confirmations.map(({ key }) => key));
					if (isBroken) throw new StateProblem('closed', 'Killed right after it was kept');
					await Promise.resolve();
				},
			});
			await n8n.publish('first');
			const stop = text('STOP');
			await expect(deliver(n8n, stop)).rejects.toThrow('Killed');
			expect((await person())?.consents ?? {}).toEqual({});
			isBroken = false;
			await deliver(n8n, stop);
			expect(kept).toHaveLength(2);
			expect(new Set(kept).size).toBe(1);
			expect((await person())?.consents['marketing']).toMatchObject({ granted: false });
			await deliver(n8n, stop);
			expect(kept).toHaveLength(2);
		});

		test('an opt-out counts that is written in the second of an opt-in', async () => {
			const n8n = await start({ optOutConfirmation: 'Bye' });
			const at = Number(seconds()) * 1_000;
			const optIn = { fact: 'consent', category: 'marketing', granted: true } as const;
			const about = { accountKey: ACCOUNT, contactKey: KEY, at, source: 'Form', note: null };
			await store.contacts.record([{ ...optIn, ...about }], clock.now());
			const { confirmations } = await deliver(n8n, text('STOP'));
			expect(confirmations).toMatchObject([{ text: 'Bye' }]);
			expect((await person())?.consents['marketing']).toMatchObject({ granted: false });
		});

		test('an opt-out stays if Meta delivers the opt-in of the same second again', async () => {
			const n8n = await start({ optOutConfirmation: 'Bye', optInConfirmation: 'Hi again' });
			await deliver(n8n, text('STOP'));
			await pass(minuteMs);
			const [back, stop] = [text('START'), text('STOP')];
			const told = async (payload: JsonValue) =>
				(await deliver(n8n, payload)).confirmations.map(({ text: said }) => said);
			expect(await told(back)).toEqual(['Hi again']);
			expect(await told(stop)).toEqual(['Bye']);
			expect(await told(back)).toEqual([]);
			expect((await person())?.consents['marketing']).toMatchObject({ granted: false });
		});

		test('words of a trigger take the place of the built-in ones', async () => {
			const n8n = await start({ optOutWords: 'Schluss, Ende' });
			await deliver(n8n, text('stop'));
			expect((await person())?.consents).toEqual({});
			await deliver(n8n, text('SCHLUSS!'));
			expect((await person())?.consents['marketing']).toMatchObject({ granted: false });
		});

		test('the own choice in WhatsApp counts, and a refusal by Meta tells of it', async () => {
			const n8n = await start();
			const preference = (value: string) =>
				inField('user_preferences', {
					user_preferences: [
						{ wa_id: PHONE, category: 'marketing_messages', value, timestamp: Number(seconds()) },
					],
				});
			await deliver(n8n, preference('stop'));
			expect((await person())?.preferences).toMatchObject({
				marketing_messages: { optedOut: true },
			});
			await deliver(n8n, preference('resume'));
			expect((await person())?.preferences).toMatchObject({
				marketing_messages: { optedOut: false },
			});
			const errors = [{ code: 131050, title: 'Stopped marketing' }];
			await deliver(
				n8n,
				messagesWebhook({
					statuses: [
						{ id: 'm', status: 'failed', timestamp: seconds(), recipient_id: PHONE, errors },
					],
				}),
			);
			expect((await person())?.preferences).toMatchObject({
				marketing_messages: { optedOut: true },
			});
			const { entries } = await store.contacts.trail({ accountKey: ACCOUNT, limit: 10 });
			expect(entries.map(({ granted }) => granted)).toEqual([false, true, false]);
		});

		test('it follows a person to a new number and a new user ID', async () => {
			const n8n = await start();
			await deliver(n8n, text('STOP'));
			const system = { type: 'user_changed_number', wa_id: '49152', body: 'moved' };
			await deliver(n8n, message({ type: 'system', system }));
			expect((await person('+49152'))?.consents).toMatchObject({ marketing: { granted: false } });

			await deliver(
				n8n,
				messagesWebhook({
					messages: [
						{
							id: 'u1',
							from_user_id: 'DE.1',
							timestamp: seconds(),
							type: 'text',
							text: { body: 'ARRÊT' },
						},
					],
				}),
			);
			const renamed = {
				type: 'user_changed_user_id',
				previous_user_id: 'DE.1',
				user_id: 'DE.2',
				body: 'New user ID',
			};
			await deliver(
				n8n,
				messagesWebhook({
					messages: [
						{
							id: 'u2',
							from_user_id: 'DE.2',
							timestamp: seconds(),
							type: 'system',
							system: renamed,
						},
					],
				}),
			);
			expect((await person('DE.2'))?.consents).toMatchObject({ marketing: { granted: false } });
		});
	});

	describe('a person who has taken over', () => {
		const echo = () =>
			inField('smb_message_echoes', {
				message_echoes: [
					{
						id: `echo.${++count}`,
						from: '1555',
						to: PHONE,
						timestamp: seconds(),
						type: 'text',
						text: { body: 'Ann here' },
					},
				],
			});
		const texts = () => begun.flatMap(({ items }) => items.map(({ text: said }) => said));

		test('an answer from the phone app pauses the bot for as long as the user chose', async () => {
			const n8n = await start({ pauseMinutes: 1, whenTakenOver: 'skip' });
			await deliver(n8n, text('one'));
			await deliver(n8n, echo());
			const received = await deliver(n8n, text('two'));
			expect(received.filtered.get('When a Person Has Taken Over')).toBe(1);
			await pass(1.1 * minuteMs);
			await deliver(n8n, text('three'));
			expect(texts()).toEqual(['one', 'Ann here', 'three']);
		});

		test('a pause of 0 minutes never pauses', async () => {
			const n8n = await start({ pauseMinutes: 0, whenTakenOver: 'skip' });
			await deliver(n8n, echo());
			await deliver(n8n, text('two'));
			expect(texts()).toEqual(['Ann here', 'two']);
		});

		test('items say who answers, and leave by their own output', async () => {
			const n8n = await start({ whenTakenOver: 'route' });
			await deliver(n8n, text('one'));
			await deliver(n8n, echo());
			await deliver(n8n, text('two'));
			expect(begun.map(({ items }) => items[0]?.['handoff'])).toEqual([
				null,
				undefined,
				expect.objectContaining({ kind: 'handoff', by: 'WhatsApp Business app' }),
			]);
		});

		test('another app owns the thread until it is idle, or a message comes here again', async () => {
			const n8n = await start({ whenTakenOver: 'mark' });
			const standby = () =>
				inField('standby', {
					standby: {
						messages: [
							{
								id: `s.${++count}`,
								from: PHONE,
								timestamp: seconds(),
								type: 'text',
								text: { body: 'STOP' },
							},
						],
					},
				});
			await deliver(n8n, standby());
			const known = await person();
			expect(known?.standby[NUMBER]).toMatchObject({ active: true });
			// The wish counts whoever answers.
			expect(known?.consents).toMatchObject({ marketing: { granted: false } });
			await deliver(n8n, text('back'));
			expect(begun.at(-1)?.items[0]).toMatchObject({ text: 'back', handoff: null });
		});

		test('a handover to a person pauses the bot; one to this app ends the standby', async () => {
			const n8n = await start({ pauseMinutes: 10 });
			const handover = (type: string, change: Record<string, JsonValue>) =>
				inField('messaging_handovers', {
					type,
					recipient: { display_phone_number: '1555', phone_number_id: NUMBER },
					sender: { phone_number: PHONE },
					timestamp: seconds(),
					[type]: change,
				});
			await deliver(n8n, handover('control_taken', { new_owner_role: 'ai_agent' }));
			expect(await person()).toMatchObject({
				standby: { [NUMBER]: { active: true, by: 'ai_agent' } },
				handoffs: {},
			});
			await pass(minuteMs);
			await deliver(
				n8n,
				handover('control_passed', {
					previous_owner_app_id: '9',
					new_owner_role: 'escalation',
					metadata: 'wants a refund',
				}),
			);
			expect(await person()).toMatchObject({
				standby: { [NUMBER]: { active: false } },
				handoffs: { [NUMBER]: { active: true, by: 'escalation', reason: 'wants a refund' } },
			});
		});
	});
});
