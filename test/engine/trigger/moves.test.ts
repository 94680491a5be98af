import { onEachEngine } from '../../unit/store/engines';
import { ACCOUNT, KEY, minuteMs, peopleOn } from './peopleSetup';
import { account as simulated, SimulatedN8n } from './simulatedN8n';

onEachEngine('a new number', (engine) => {
	const people = peopleOn(engine);
	const { pass, deliver, message, person } = people;

	test('keeps what arrives late under the old one: an opt-out, too', async () => {
		const account = { ...simulated, businessAccountId: ACCOUNT, keepTexts: true };
		const n8n = new SimulatedN8n(people.store, people.clock, people.begun, {
			account,
			settings: {},
		});
		await n8n.publish('first');
		await deliver(n8n, message({ text: { body: 'hello' } }));
		const stop = message({ text: { body: 'STOP' } });
		await pass(minuteMs);
		const system = { type: 'user_changed_number', wa_id: '49152', body: 'moved' };
		await deliver(n8n, message({ type: 'system', system }));
		await deliver(n8n, stop);
		expect((await person('+49152'))?.consents).toMatchObject({ marketing: { granted: false } });
		const texts = async (key: string) =>
			await people.store.texts.last({
				accountKey: ACCOUNT,
				contactKeys: [key],
				phoneNumberId: null,
				authors: ['contact'],
				since: 0,
				limit: 10,
			});
		expect(await texts('+49152')).toHaveLength(2);
		expect(await texts(KEY)).toEqual([]);
	});
});
