import fc from 'fast-check';

import type { JsonValue } from '../../../nodes/WhatsAppCloud/events/reading/lenientJson';
import { normalise } from '../../../nodes/WhatsAppCloud/events/normalise';
import { parseBody } from '../../../nodes/WhatsAppCloud/trigger/receive/parseBody';
import { readTimestamp } from '../../../nodes/WhatsAppCloud/events/reading/readTimestamp';
import { changeWebhook, messagesWebhook, readFixture } from './fixture';

describe('a text message', () => {
	it('becomes one readable item', () => {
		const payload = readFixture('text');
		const [event, ...rest] = normalise(payload);
		expect(rest).toEqual([]);
		expect(event).toMatchObject({
			event: 'message',
			type: 'text',
			id: 'wamid.TEXT1',
			timestamp: '2026-11-02T12:00:00.000Z',
			businessAccountId: '300000000000001',
			phoneNumberId: '200000000000001',
			displayPhoneNumber: '15550001111',
			contact: {
				id: 'DE.7711223344556677',
				waId: '4915112345678',
				userId: 'DE.7711223344556677',
				username: 'adabrook',
				name: 'Ada Brook',
			},
			from: '4915112345678',
			text: 'Is the blue one in stock?',
			context: { messageId: 'wamid.EARLIER', from: '15550001111' },
			raw: { id: 'wamid.TEXT1', text: { body: 'Is the blue one in stock?' } },
		});
	});

	it.each([
		['empty', { wa_id: '', user_id: 'US.1' }],
		['absent', { user_id: 'US.1' }],
	])('is answered by user ID where the number is %s', (_, contact) => {
		const [event] = normalise(
			messagesWebhook({
				contacts: [contact],
				messages: [{ from_user_id: 'US.1', id: 'wamid.1', type: 'text', text: { body: 'hi' } }],
			}),
		);
		expect(event).toMatchObject({
			from: 'US.1',
			contact: { id: 'US.1', waId: null, userId: 'US.1' },
		});
	});
});

describe('a status', () => {
	it('becomes one item with its errors, price and callback data', () => {
		expect(normalise(readFixture('status-failed'))).toEqual([
			expect.objectContaining({
				event: 'status',
				type: 'failed',
				status: 'failed',
				id: 'wamid.SENT1',
				recipient: '4915112345678',
				timestamp: '2026-11-02T12:00:05.000Z',
				callbackData: 'order-17',
				trackingText: null,
				pricing: { billable: false, model: 'PMP', type: 'regular', category: 'utility' },
				errors: [
					expect.objectContaining({
						code: 131047,
						title: 'Re-engagement message',
						message: 'Re-engagement message',
						details: 'The window of 24 hours is closed.',
					}),
				],
				contact: expect.objectContaining({ id: 'DE.7711223344556677', waId: '4915112345678' }),
			}),
		]);
	});

	it('brings back the Tracking Text of its message', () => {
		const status = { id: 'wamid.1', status: 'read', biz_opaque_callback_data: 'op-1|A-17|blue' };
		const [event] = normalise(messagesWebhook({ statuses: [status] }));
		expect(event).toMatchObject({ callbackData: 'op-1|A-17|blue', trackingText: 'A-17|blue' });
	});

	it('without a recipient still arrives', () => {
		const [event] = normalise(messagesWebhook({ statuses: [{ id: 'wamid.1', status: 'read' }] }));
		expect(event).toMatchObject({ event: 'status', id: 'wamid.1', recipient: null, errors: [] });
	});
});

describe('a batch', () => {
	it('keeps what is readable beside what is not, in order and with its own account', () => {
		const events = normalise(readFixture('mixed-batch'));
		expect(events.map(({ event, id }) => [event, id])).toEqual([
			['message', 'wamid.A'],
			['other', null],
			['message', 'wamid.B'],
			['status', 'wamid.C'],
			['other', null],
			['account_update', null],
			['other', null],
			['message', 'wamid.D'],
		]);
		expect(events[0]).toMatchObject({ contact: { name: 'Ada' } });
		expect(events[1]).toMatchObject({ type: 'messages', raw: 'not a message' });
		expect(events[2]).toMatchObject({ contact: { name: 'Ben', id: 'FR.99' }, text: '5' });
		expect(events[5]).toMatchObject({ type: 'PARTNER_ADDED', raw: { event: 'PARTNER_ADDED' } });
		expect(events[6]).toMatchObject({ type: 'brand_new_field', raw: { anything: [1, 2, 3] } });
		expect(events[7]).toMatchObject({
			businessAccountId: '300000000000002',
			phoneNumberId: '200000000000002',
			displayPhoneNumber: null,
			timestamp: '2026-11-02T12:01:40.000Z',
		});
	});

	it('of ten thousand messages and contacts loses none and mixes up no names', () => {
		const people = Array.from({ length: 10_000 }, (_, index) => String(4_000_000_000 + index));
		const events = normalise(
			messagesWebhook({
				contacts: people.map((waId) => ({ wa_id: waId, profile: { name: `name ${waId}` } })),
				messages: people.map((from) => ({ id: `wamid.${from}`, from, type: 'text' })),
			}),
		);
		expect(events).toHaveLength(10_000);
		for (const [index, event] of events.entries()) {
			const waId = people[index] ?? '';
			expect(event.id).toBe(`wamid.${waId}`);
			expect(event.contact.name).toBe(`name ${waId}`);
		}
	});

	it('of 1,000 entries with several changes each keeps them apart', () => {
		const entry = Array.from({ length: 1_000 }, (_, index) => ({
			id: String(index),
			changes: [0, 1, 2].map((number) => ({
				field: 'messages',
				value: {
					metadata: { phone_number_id: `${index}.${number}` },
					statuses: [{ id: `wamid.${index}.${number}`, status: 'sent' }],
				},
			})),
		}));
		const events = normalise({ object: 'whatsapp_business_account', entry });
		expect(events).toHaveLength(3_000);
		for (const event of events) {
			expect(event.id).toBe(`wamid.${String(event.phoneNumberId)}`);
			expect(event.phoneNumberId?.startsWith(`${String(event.businessAccountId)}.`)).toBe(true);
		}
	});

	it('attaches a lone contact to a lone message only', () => {
		const contacts = [{ wa_id: '1', profile: { name: 'Only' } }];
		const [lone] = normalise(messagesWebhook({ contacts, messages: [{ from: '2', id: 'a' }] }));
		expect(lone?.contact.name).toBe('Only');
		const [first, second] = normalise(
			messagesWebhook({
				contacts,
				messages: [
					{ from: '1', id: 'a' },
					{ from: '2', id: 'b' },
				],
			}),
		);
		expect([first?.contact.name, second?.contact.name]).toEqual(['Only', null]);
	});
});

describe('odd payloads', () => {
	it.each<[string, JsonValue]>([
		['another object', { object: 'page', entry: [] }],
		['no object', { entry: [] }],
		['no entries', { object: 'whatsapp_business_account' }],
		['entries that are no list', { object: 'whatsapp_business_account', entry: {} }],
		['a list', [1, 2]],
		['a text', 'hello'],
		['null', null],
	])('%s goes on as one event, whole', (_, payload) => {
		expect(normalise(payload)).toEqual([expect.objectContaining({ event: 'other', raw: payload })]);
	});

	it('an empty list of entries is no event', () => {
		expect(normalise({ object: 'whatsapp_business_account', entry: [] })).toEqual([]);
	});

	it('an entry without changes goes on whole', () => {
		expect(
			normalise({ object: 'whatsapp_business_account', entry: [{ id: '7', messaging: [] }] }),
		).toEqual([expect.objectContaining({ event: 'other', businessAccountId: '7' })]);
	});

	it('keeps lists of messages changes that it does not know', () => {
		const events = normalise(
			messagesWebhook({ novelties: [{ id: 'x' }], statuses: [{ id: 'wamid.1', status: 'sent' }] }),
		);
		expect(events).toEqual([
			expect.objectContaining({ event: 'other', type: 'novelties', raw: { id: 'x' } }),
			expect.objectContaining({ event: 'status', id: 'wamid.1' }),
		]);
	});

	it.each([
		['missing', undefined, null],
		['empty', '', null],
		['no number', 'yesterday', null],
		['negative', '-5', null],
		['beyond the calendar', '99999999999999999999', null],
		['a number', 1793620800, '2026-11-02T12:00:00.000Z'],
		['in milliseconds', '1793620800000', '2026-11-02T12:00:00.000Z'],
		['in the future', '32503680000', '3000-01-01T00:00:00.000Z'],
	])('a timestamp that is %s costs nothing else', (_, timestamp, expected) => {
		const message = { id: 'wamid.1', from: '1', type: 'text', text: { body: 'hi' } };
		const [event] = normalise(
			messagesWebhook({
				messages: [timestamp === undefined ? message : { ...message, timestamp }],
			}),
		);
		expect(event).toMatchObject({ id: 'wamid.1', timestamp: expected });
	});

	it('survives 100,000 levels of nesting, and its neighbours do too', () => {
		const deep = '['.repeat(100_000) + ']'.repeat(100_000);
		const body = JSON.stringify(
			messagesWebhook({
				messages: [
					{ id: 'wamid.1', from: '1', type: 'text', text: { body: 'DEEP' } },
					{ id: 'wamid.2', from: '1', type: 'text', text: { body: 'shallow' } },
				],
			}),
		).replace('"DEEP"', deep);
		const parsed = parseBody(new TextEncoder().encode(body));
		if (!parsed.ok) throw new Error('not parsed');
		const events = normalise(parsed.payload);
		expect(events.map(({ id }) => id)).toEqual(['wamid.1', 'wamid.2']);
		expect(events[1]).toMatchObject({ text: 'shallow' });
		expect(JSON.stringify(events)).toContain('nested deeper than');
		expect(structuredClone(events)).toEqual(events);
	});

	it('never throws, and gives items that n8n can store', () => {
		const names = fc.constantFrom(
			...['entry', 'changes', 'field', 'value', 'messages', 'statuses', 'contacts', 'metadata'],
			...['errors', 'type', 'text', 'timestamp', 'pricing', 'context', '__proto__', 'constructor'],
		);
		const { json } = fc.letrec<{ json: unknown }>((tie) => ({
			json: fc.oneof(
				{ maxDepth: 8 },
				fc.jsonValue({ maxDepth: 1 }),
				fc.array(tie('json'), { maxLength: 4 }),
				fc.dictionary(names, tie('json'), { maxKeys: 6 }),
			),
		}));
		fc.assert(
			fc.property(json, (value) => {
				const inner = JSON.parse(JSON.stringify(value)) as JsonValue;
				for (const payload of [
					inner,
					{ object: 'whatsapp_business_account', entry: inner },
					{ object: 'whatsapp_business_account', entry: [{ id: 1, changes: inner }] },
					changeWebhook('messages', inner),
					messagesWebhook({ messages: inner, statuses: inner, contacts: inner }),
					messagesWebhook({ messages: [inner], statuses: [inner], contacts: [inner] }),
				]) {
					for (const event of normalise(payload)) {
						expect(typeof event.event).toBe('string');
						expect(typeof event.type).toBe('string');
						expect(JSON.parse(JSON.stringify(event))).toEqual(event);
					}
				}
			}),
		);
	});
});

describe('a body', () => {
	it.each(['', '{', '{"a":1,}', 'null x', '<html>'])('that is no JSON is told: %j', (text) => {
		expect(parseBody(new TextEncoder().encode(text))).toEqual({ ok: false });
	});

	it('may start with a byte order mark and hold any character', () => {
		expect(parseBody(new TextEncoder().encode('\ufeff{"text":"Zoë 👩🏽‍🚀"}'))).toEqual({
			ok: true,
			payload: { text: 'Zoë 👩🏽‍🚀' },
		});
	});
});

describe('a time', () => {
	it('reads as the calendar does, for every second', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 99_999_999_999 }), (seconds) => {
				const expected = new Date(seconds * 1000).toISOString();
				expect(readTimestamp(seconds)).toBe(expected);
				expect(readTimestamp(String(seconds))).toBe(expected);
			}),
		);
	});
});
