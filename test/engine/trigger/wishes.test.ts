import type { JsonValue } from '../../../nodes/WhatsAppCloud/events/reading/lenientJson';
import { optionId } from '../../../nodes/WhatsAppCloud/questions/optionIds';
import { StateProblem } from '../../../nodes/WhatsAppCloud/store/stateProblem';
import { messagesWebhook } from '../../unit/events/fixture';
import { onEachEngine } from '../../unit/store/engines';
import { ACCOUNT, KEY, minuteMs, peopleOn, PHONE } from './peopleSetup';
import { SimulatedN8n } from './simulatedN8n';

onEachEngine('what people wish', (engine) => {
	const people = peopleOn(engine);
	const { start, seconds, pass, deliver, message, text, inField, person } = people;

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
		expect(people.begun.map(({ items }) => items[0]?.['consent'])).toEqual([
			undefined,
			'optedOut',
			'optedIn',
		]);
		const { entries } = await people.store.contacts.trail({ accountKey: ACCOUNT, limit: 10 });
		expect(entries).toMatchObject([
			{ contactKey: KEY, category: 'marketing', granted: false },
			{ contactKey: KEY, category: 'marketing', granted: true },
		]);
	});

	test('a redacted item says so, too', async () => {
		const n8n = await start({ redact: true });
		await deliver(n8n, text('STOP'));
		expect(people.begun[0]?.items[0]).toMatchObject({ text: null, consent: 'optedOut' });
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
		const n8n = new SimulatedN8n(people.store, people.clock, people.begun, {
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
		await people.store.contacts.record([{ ...optIn, ...about }], people.clock.now());
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
		const { entries } = await people.store.contacts.trail({ accountKey: ACCOUNT, limit: 10 });
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
