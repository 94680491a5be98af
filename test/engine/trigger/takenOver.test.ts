import type { JsonValue } from '../../../nodes/WhatsAppCloud/events/reading/lenientJson';
import { onEachEngine } from '../../unit/store/engines';
import { minuteMs, NUMBER, peopleOn, PHONE } from './peopleSetup';

onEachEngine('a person who has taken over', (engine) => {
	const people = peopleOn(engine);
	const { start, seconds, pass, deliver, text, inField, person } = people;

	const echo = () =>
		inField('smb_message_echoes', {
			message_echoes: [
				{
					id: `echo.${people.next()}`,
					from: '1555',
					to: PHONE,
					timestamp: seconds(),
					type: 'text',
					text: { body: 'Ann here' },
				},
			],
		});
	const texts = () => people.begun.flatMap(({ items }) => items.map(({ text: said }) => said));

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
		expect(people.begun.map(({ items }) => items[0]?.['handoff'])).toEqual([
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
							id: `s.${people.next()}`,
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
		expect(people.begun.at(-1)?.items[0]).toMatchObject({ text: 'back', handoff: null });
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
