import { createHash } from 'node:crypto';

import { parseAccountWithoutToken } from '../../../../../nodes/WhatsAppCloud/graph/account';
import { normalise } from '../../../../../nodes/WhatsAppCloud/events/normalise';
import type { JsonObject } from '../../../../../nodes/WhatsAppCloud/events/reading/lenientJson';
import { decodeText } from '../../../../../nodes/WhatsAppCloud/trigger/deliveries/content';
import type { ListenerScope } from '../../../../../nodes/WhatsAppCloud/trigger/listeners/listenerScope';
import { namingOf } from '../../../../../nodes/WhatsAppCloud/trigger/receive/naming';
import { forwardsOf } from '../../../../../nodes/WhatsAppCloud/trigger/receive/outside/forwardsOf';
import { readOptions } from '../../../../../nodes/WhatsAppCloud/trigger/settings/triggerOptions';
import { messagesWebhook } from '../../../events/fixture';

const now = Date.parse('2026-11-02T12:05:00Z');
const written = String(now / 1000 - 60);
const everything: ListenerScope = { scope: 'manual', businessAccountId: '', phoneNumberId: '' };
const chat = 'https://chat.example.com/hook';
const old = 'https://old.example.com/hook';
const business = '300000000000001';
const account = parseAccountWithoutToken({ appSecret: 'secret', businessAccountId: business });
const hashing = parseAccountWithoutToken({
	appSecret: 'secret',
	businessAccountId: business,
	advancedSettings: true,
	hashIdentifiers: true,
});

const text = (parts: JsonObject = {}): JsonObject => ({
	...{ from: '4915112345678', from_user_id: 'DE.77', id: 'wamid.1', timestamp: written },
	...{ type: 'text', text: { body: 'hi' } },
	...parts,
});
const message = messagesWebhook({ messages: [text()] });
const status = messagesWebhook({
	statuses: [{ id: 'wamid.2', status: 'read', timestamp: written, recipient_id: '4915112345678' }],
});

/** A trigger that hands on to these addresses, whatever it chooses itself. */
const trigger = (
	addresses: { url: string; events?: string[] }[],
	{ about = everything, events = ['message'], settings = {} } = {},
) => ({
	about,
	options: readOptions({
		events,
		settings: { forwards: { address: addresses }, ...settings },
		timeZone: 'UTC',
	}),
});

const forwards = (
	payload: Parameters<typeof normalise>[0],
	listening: ReturnType<typeof trigger>[],
	{ as = account, body = Buffer.from(JSON.stringify(payload)) } = {},
) =>
	forwardsOf(
		normalise(payload),
		{ body, signature: 'sha256=abc' },
		{ listening, account: as, group: 'app', naming: namingOf(as), now },
	);
const addressesOf = (...given: Parameters<typeof forwards>) =>
	forwards(...given).map(({ address }) => address);

test('a webhook goes on byte for byte, with its signature', () => {
	const body = Buffer.concat([Buffer.from(JSON.stringify(message)), Buffer.from([0xc3, 0x28, 0])]);
	const [forward, ...others] = forwards(message, [trigger([{ url: chat }])], { body });
	expect(others).toEqual([]);
	expect(forward).toMatchObject({ group: 'app', address: chat, signature: 'sha256=abc' });
	expect(Buffer.from(forward?.body ?? '', 'latin1')).toEqual(body);
	expect(forward?.bodyHash).toBe(createHash('sha256').update(body).digest('base64url'));
});

test.each([
	[[], message, true],
	[[], status, true],
	[['all'], status, true],
	[['message'], message, true],
	[['message'], status, false],
	[['status', 'calls'], status, true],
])('an address that takes %j', (events, payload, goes) => {
	const chosen = events.map((each) => (each === 'all' ? '*' : each));
	expect(addressesOf(payload, [trigger([{ url: chat, events: chosen }])])).toEqual(
		goes ? [chat] : [],
	);
});

test('what a trigger chooses, keeps out or skips changes nothing for its addresses', () => {
	const settings = { senders: '4917100000000', whenTakenOver: 'skip', maxAgeMinutes: 1 };
	const picky = trigger([{ url: chat }], { events: ['account_alerts'], settings });
	expect(addressesOf(message, [picky])).toEqual([chat]);
	expect(addressesOf(status, [picky])).toEqual([chat]);
});

test('an address that several triggers name gets it once', () => {
	const listening = [
		trigger([{ url: chat, events: ['message'] }, { url: old }]),
		trigger([{ url: chat }]),
		trigger([]),
	];
	expect(addressesOf(message, listening)).toEqual([chat, old]);
	expect(addressesOf(status, listening)).toEqual([old, chat]);
});

test('a trigger hands on what it is registered for, and no more', () => {
	const ofNumber = (phoneNumberId: string) =>
		trigger([{ url: chat }], {
			about: { scope: 'phoneNumber', businessAccountId: '', phoneNumberId },
		});
	expect(addressesOf(message, [ofNumber('200000000000001')])).toEqual([chat]);
	expect(addressesOf(message, [ofNumber('200000000000002')])).toEqual([]);
});

test('a replay goes nowhere', () => {
	const replayed = messagesWebhook({
		messages: [text({ timestamp: String(now / 1000 - 60 * 86_400) })],
	});
	expect(addressesOf(replayed, [trigger([{ url: chat }])])).toEqual([]);
	const late = trigger([{ url: chat }], { settings: { replayDays: 0 } });
	expect(addressesOf(replayed, [late])).toEqual([chat]);
});

test('everybody in it is noted, by number and user ID, so that it can be erased', () => {
	const two = messagesWebhook({
		messages: [text(), text({ id: 'wamid.3', from: '4917100000000', from_user_id: null })],
	});
	const [forward] = forwards(two, [trigger([{ url: chat }])]);
	expect(forward?.people.map(({ key }) => key)).toEqual([
		'+4915112345678',
		'DE.77',
		'+4917100000000',
	]);
	expect(new Set(forward?.people.map(({ accountKey }) => accountKey)).size).toBe(1);
});

test('with Hash Recipients, neither the bytes nor the people can be read, and the same webhook is known again', () => {
	const [first] = forwards(message, [trigger([{ url: chat }])], { as: hashing });
	const [again] = forwards(message, [trigger([{ url: chat }])], { as: hashing });
	expect(JSON.stringify(first)).not.toContain('4915112345678');
	expect(JSON.stringify(first)).not.toContain('DE.77');
	expect(first?.bodyHash).toBe(again?.bodyHash);
	expect(decodeText(first?.body ?? '', hashing)).toBe(JSON.stringify(message));
});
