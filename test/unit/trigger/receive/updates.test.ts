import type { WebhookEvent } from '../../../../nodes/WhatsAppCloud/events/webhookEvent';
import type { StatusEvent } from '../../../../nodes/WhatsAppCloud/events/statuses/statusEvent';
import { parseAccountWithoutToken } from '../../../../nodes/WhatsAppCloud/graph/account';
import type { Naming } from '../../../../nodes/WhatsAppCloud/trigger/receive/naming';
import { updatesOf } from '../../../../nodes/WhatsAppCloud/trigger/receive/people/updates';
import { normalise } from '../../../../nodes/WhatsAppCloud/events/normalise';
import { readFixture } from '../../events/fixture';

const NOW = Date.parse('2026-11-02T13:00:00Z');
const MESSAGE_MS = 1_793_620_800_000;
const naming: Naming = {
	owner: () => parseAccountWithoutToken({}),
	accountKey: ({ businessAccountId }) => businessAccountId ?? 'account',
	identifierKey: (_, identifier) => identifier,
	keepsNames: true,
};

const handoffs = { appId: '100000000000001', pauseMs: 3_600_000 };

const eventsOf = (value: object, field = 'messages'): WebhookEvent[] =>
	normalise({
		object: 'whatsapp_business_account',
		entry: [
			{
				id: '300000000000001',
				changes: [{ field, value: { metadata: { phone_number_id: '200000000000001' }, ...value } }],
			},
		],
	});
const facts = (value: object, field?: string, how: Partial<Naming> = {}) =>
	updatesOf(eventsOf(value, field), { ...naming, ...how }, NOW, handoffs);

const status = (changes: object = {}) => ({
	id: 'wamid.1',
	status: 'sent',
	timestamp: '1793620800',
	recipient_id: '4915112345678',
	...changes,
});
const text = (changes: object = {}) => ({
	id: 'wamid.2',
	from: '4915112345678',
	timestamp: '1793620800',
	type: 'text',
	text: { body: 'hi' },
	...changes,
});

describe('statuses', () => {
	test('carry message, time, number, recipient with plus, price and error', () => {
		const { statuses } = updatesOf(normalise(readFixture('status-failed')), naming, NOW, handoffs);
		expect(statuses).toHaveLength(1);
		expect(statuses[0]).toMatchObject({
			status: 'failed',
			recipientKey: '+4915112345678',
			errorCode: expect.any(Number),
			errorTitle: expect.any(String),
		});
	});

	test.each([
		['op-1', 'op-1'],
		['op-1|order 7|red', 'op-1'],
		['', null],
		['x'.repeat(513), null],
	])('callback data "%s" gives operation %s', (data, operationId) => {
		const { statuses } = facts({ statuses: [status({ biz_opaque_callback_data: data })] });
		expect(statuses[0]).toMatchObject({ operationId });
	});

	test.each<[string, object, string | null]>([
		['no recipient', { recipient_id: undefined }, null],
		['an empty one', { recipient_id: '' }, null],
		['a user ID', { recipient_id: undefined, recipient_user_id: 'DE.1' }, 'DE.1'],
		[
			'a group',
			{ recipient_id: 'group-1', recipient_type: 'group', recipient_participant_id: '49151' },
			'group-1',
		],
		['one that is far too long', { recipient_id: '9'.repeat(300) }, null],
	])('with %s', (_, changes, recipientKey) => {
		const { statuses } = facts({ statuses: [status(changes)] });
		expect(statuses).toEqual([expect.objectContaining({ messageId: 'wamid.1', recipientKey })]);
	});

	test.each<[string, object]>([
		['without ID', { id: undefined }],
		['with an ID that no store takes', { id: 'x'.repeat(256) }],
	])('%s are left out', (_, changes) => {
		expect(facts({ statuses: [status(changes), status()] }).statuses).toHaveLength(1);
	});

	test('without time leave it to the store; a time to come stays', () => {
		const times = [undefined, '4102444800'].map((timestamp) => status({ timestamp }));
		expect(facts({ statuses: times }).statuses.map(({ at }) => at)).toEqual([
			null,
			4_102_444_800_000,
		]);
	});

	test('that a window was closed is known of the person, not of a group', () => {
		const failed = { status: 'failed', errors: [{ code: 131047, title: 'Re-engagement message' }] };
		expect(facts({ statuses: [status(failed)] }).contacts).toEqual([
			{
				fact: 'windowClosed',
				phoneNumberId: '200000000000001',
				accountKey: '300000000000001',
				contactKey: '+4915112345678',
				at: MESSAGE_MS,
			},
		]);
		expect(
			facts({ statuses: [status({ ...failed, errors: [{ code: 131026 }] })] }).contacts,
		).toEqual([]);
		const group = { recipient_id: 'group-1', recipient_type: 'group' };
		expect(facts({ statuses: [status({ ...failed, ...group })] }).contacts).toEqual([]);
	});

	test('of a conversation that another app handles are not ours', () => {
		const events = eventsOf({ statuses: [status()] }, 'standby');
		expect((events[0] as StatusEvent).status).toBe('sent');
		expect(updatesOf(events, naming, NOW, handoffs).statuses).toEqual([]);
	});
});

describe('contacts', () => {
	const contacts = [{ wa_id: '4915112345678', user_id: 'DE.1', profile: { name: 'Ada' } }];

	test('a message is the last one of a person, under the number with plus', () => {
		const found = facts({ contacts, messages: [text()] });
		expect(found.contacts).toEqual([
			{
				fact: 'inbound',
				accountKey: '300000000000001',
				contactKey: '+4915112345678',
				phoneNumberId: '200000000000001',
				messageId: 'wamid.2',
				at: MESSAGE_MS,
			},
			expect.objectContaining({ fact: 'profile', name: 'Ada', contactKey: '+4915112345678' }),
		]);
		expect(found.links).toEqual([
			{
				accountKey: '300000000000001',
				waKey: '+4915112345678',
				userKey: 'DE.1',
				at: MESSAGE_MS,
			},
		]);
	});

	test('a person without number goes by the user ID', () => {
		const found = facts({
			messages: [text({ from: undefined, from_user_id: 'DE.1' })],
		});
		expect(found.contacts).toEqual([expect.objectContaining({ contactKey: 'DE.1' })]);
		expect(found.links).toEqual([]);
	});

	test.each(['', undefined, 'x'.repeat(300)])('nobody is remembered as "%s"', (from) => {
		expect(facts({ messages: [text({ from })] }).contacts).toEqual([]);
	});

	test('a time to come opens no longer window, a missing one begins now', () => {
		const messages = [text({ timestamp: '4102444800' }), text({ timestamp: undefined })];
		expect(facts({ messages }).contacts.map(({ at }) => at)).toEqual([NOW, NOW]);
	});

	test.each(['system', 'edit', 'revoke'])('%s is no message of the person', (type) => {
		expect(facts({ messages: [text({ type })] }).contacts).toEqual([]);
	});

	test.each([['messages'], ['standby']])('a message in a group opens no window (%s)', (field) => {
		const fromAd = { referral: { source_url: 'https://fb.me/1' } };
		const messages = [text({ group_id: 'group-1', ...fromAd })];
		const found = facts({ contacts, messages }, field);
		expect(found.contacts).toEqual([expect.objectContaining({ fact: 'profile', name: 'Ada' })]);
	});

	test('a payment is recorded as no status of its message', () => {
		const payment = status({ type: 'payment', status: 'captured', payment: { reference_id: 'x' } });
		const operationId = { biz_opaque_callback_data: 'op-1' };
		for (const each of [payment, { ...payment, ...operationId }, status({ payment: {} })]) {
			expect(facts({ statuses: [each] }).statuses).toEqual([]);
		}
		expect(facts({ statuses: [status({ type: 'message' })] }).statuses).toHaveLength(1);
	});

	test('history opens no window', () => {
		const value = { history: [{ threads: [{ id: '49151', messages: [text()] }] }] };
		expect(facts(value, 'history').contacts).toEqual([]);
	});

	test('a call of the person opens the window', () => {
		const call = { id: 'wacid.1', from: '4915112345678', event: 'connect' };
		const calls = ['USER_INITIATED', 'BUSINESS_INITIATED'].map((direction) => ({
			...call,
			direction,
		}));
		const inbound = facts({ calls }, 'calls').contacts.filter(({ fact }) => fact === 'inbound');
		expect(inbound).toHaveLength(1);
	});

	test('an ad that led here opens its entry point', () => {
		const found = facts({ messages: [text({ referral: { source_url: 'https://fb.me/1' } })] });
		expect(found.contacts).toContainEqual(
			expect.objectContaining({ fact: 'entryPoint', source: 'https://fb.me/1' }),
		);
	});

	test.each([
		['stop', true],
		['resume', false],
	])('the choice "%s" in WhatsApp is kept', (value, optedOut) => {
		const found = facts(
			{ user_preferences: [{ wa_id: '49151', category: 'marketing_messages', value }] },
			'user_preferences',
		);
		expect(found.contacts).toContainEqual(
			expect.objectContaining({ fact: 'preference', category: 'marketing_messages', optedOut }),
		);
	});

	test('names are left out where people are kept hashed', () => {
		const hashed = { keepsNames: false, identifierKey: (_: unknown, id: string) => `#${id}` };
		const found = facts({ contacts, messages: [text()] }, 'messages', hashed);
		expect(found.contacts.map(({ fact }) => fact)).toEqual(['inbound']);
		expect(JSON.stringify(found)).not.toContain('Ada');
		expect(found.links).toEqual([
			expect.objectContaining({ waKey: '#+4915112345678', userKey: '#DE.1' }),
		]);
	});
});
