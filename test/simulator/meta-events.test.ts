import { Callback } from './support/callback';
import { at } from './support/json';
import { ana, ids, useSimulator } from './support/simulator';

let callback: Callback;
const simulator = useSimulator(['--timing', 'off']);
beforeEach(async () => {
	callback = await new Callback().start();
	const fields = ['messages', 'standby', 'messaging_handovers', 'account_settings_update'];
	await simulator.admin('/account', { webhook: { callbackUrl: callback.url, fields } }, 'PATCH');
});
afterEach(async () => await callback.stop());

const happens = async (event: Record<string, unknown>): Promise<unknown> => {
	const answer = await simulator.admin('/webhooks', event);
	await callback.until((received) => received.length > 0);
	return { answer, received: callback.received[0] };
};

const number = { display_phone_number: '15550100001', phone_number_id: ids.phoneNumber };
const userId = 'US.15288242639991490287';
const timestamp = expect.stringMatching(/^\d{10}$/);
const messageId = expect.stringMatching(/^wamid\./);

test('standby has all inside one member, and the content of echoes in `message`', async () => {
	const event = await happens({
		kind: 'standby',
		messages: [{ type: 'text', text: { body: 'Anybody?' } }],
		echoes: [{ type: 'text', text: { body: 'The agent is here.' } }],
		statuses: [{ status: 'delivered' }],
	});
	expect(at(event, 'received')).toMatchObject({ field: 'standby' });
	expect(at(event, 'received', 'value')).toEqual({
		messaging_product: 'whatsapp',
		metadata: number,
		standby: {
			contacts: [{ profile: { name: 'Ana Torres' }, wa_id: ana, user_id: userId }],
			messages: [
				{
					from: ana,
					from_user_id: userId,
					id: messageId,
					timestamp,
					type: 'text',
					text: { body: 'Anybody?' },
				},
			],
			message_echoes: [
				{
					id: messageId,
					timestamp,
					message: {
						messaging_product: 'whatsapp',
						to: ana,
						recipient_type: 'individual',
						type: 'text',
						text: { body: 'The agent is here.' },
					},
				},
			],
			statuses: [
				{
					id: messageId,
					timestamp,
					recipient_id: ana,
					recipient_user_id: userId,
					status: 'delivered',
				},
			],
		},
	});
});

test('a handover names the number as recipient and the person as sender', async () => {
	const event = await happens({
		kind: 'handover',
		customer: '15550200004',
		metadata: 'wants a person',
		summary: 'Dana asked twice.',
	});
	expect(at(event, 'received', 'value')).toEqual({
		messaging_product: 'whatsapp',
		type: 'control_passed',
		recipient: number,
		sender: { user_id: expect.stringMatching(/^US\./) },
		timestamp,
		control_passed: {
			metadata: 'wants a person',
			previous_owner_app_id: expect.any(String),
			previous_owner_app_role: 'meta_business_agent',
			previous_owner_role: 'ai_agent',
			new_owner_role: 'escalation',
			conversation_context: { type: 'summary', summary: { text: 'Dana asked twice.' } },
		},
	});
});

test('a payment is a status of its own type', async () => {
	const event = await happens({
		kind: 'payment',
		referenceId: 'order-9',
		amount: 1250,
		messageId: 'wamid.order',
	});
	expect(at(event, 'received', 'value', 'statuses', 0)).toMatchObject({
		id: 'wamid.order',
		recipient_id: ana,
		type: 'payment',
		status: 'captured',
		payment: {
			reference_id: 'order-9',
			amount: { value: 1250, offset: 100 },
			currency: 'INR',
			transaction: { status: 'success' },
		},
	});
});

test('settings of a number', async () => {
	const event = await happens({
		kind: 'accountSettings',
		phoneNumberId: ids.secondPhoneNumber,
		calling: { status: 'DISABLED' },
	});
	expect(at(event, 'received')).toMatchObject({
		field: 'account_settings_update',
		value: {
			type: 'PHONE_NUMBER_SETTINGS',
			timestamp,
			phone_number_settings: {
				phone_number_id: ids.secondPhoneNumber,
				calling: { status: 'DISABLED' },
			},
		},
	});
});

test('anything else goes out as it is given', async () => {
	const value = { statuses: [{ id: 'x', pricing: { cost: { amount: 1, currency: 'EUR' } } }] };
	const event = await happens({ kind: 'other', field: 'messages', value });
	expect(at(event, 'received', 'value')).toEqual(value);
	expect(at(event, 'answer', 'deliveries')).toBe(1);
});

test('what nobody has subscribed to goes nowhere, and nonsense is refused', async () => {
	const answer = await simulator.admin('/webhooks', { kind: 'other', field: 'flows', value: {} });
	expect(answer).toMatchObject({ deliveries: 0 });
	await expect(simulator.admin('/webhooks', { kind: 'miracle' })).rejects.toThrow('400');
	await expect(
		simulator.admin('/webhooks', { kind: 'handover', phoneNumberId: '1' }),
	).rejects.toThrow('404');
});

test('an override leads handovers elsewhere, and standby not', async () => {
	const elsewhere = await new Callback().start();
	await simulator.graph(`/${ids.phoneNumber}`, {
		json: {
			webhook_configuration: {
				override_callback_uri: elsewhere.url,
				verify_token: elsewhere.verifyToken,
			},
		},
	});
	await simulator.admin('/webhooks', { kind: 'handover' });
	await simulator.admin('/webhooks', { kind: 'standby', echoes: [{ type: 'text' }] });
	await elsewhere.until((received) => received.length === 1);
	await callback.until((received) => received.length === 1);
	expect([elsewhere.received[0]?.field, callback.received[0]?.field]).toEqual([
		'messaging_handovers',
		'standby',
	]);
	await elsewhere.stop();
});
