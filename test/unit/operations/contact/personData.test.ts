import { parseAccountWithoutToken } from '../../../../nodes/WhatsAppCloud/graph/account';
import { shownData } from '../../../../nodes/WhatsAppCloud/operations/contact/personData';
import { encodeText } from '../../../../nodes/WhatsAppCloud/trigger/deliveries/content';
import { identifierKey } from '../../../../nodes/WhatsAppCloud/graph/identifiers';
import type { JsonObject } from '../../../../nodes/WhatsAppCloud/events/reading/lenientJson';
import { messagesWebhook } from '../../events/fixture';

const credential = { appSecret: 'secret', businessAccountId: '1' };
const plain = parseAccountWithoutToken(credential);
const hashing = parseAccountWithoutToken({
	...credential,
	advancedSettings: true,
	hashIdentifiers: true,
});
const ann = '4915112345678';
const bob = '4917100000000';
const keys = new Set([`+${ann}`, 'DE.77']);

const message = (from: string, body: string, more: JsonObject = {}): JsonObject => ({
	...{ from, id: `wamid.${body}`, timestamp: '1793620800', type: 'text', text: { body } },
	...more,
});
const webhook = JSON.stringify(
	messagesWebhook({
		contacts: [
			{ wa_id: ann, profile: { name: 'Ann' } },
			{ wa_id: bob, profile: { name: 'Bob' } },
		],
		messages: [
			message(ann, 'Grüße'),
			message(bob, 'secret of Bob', { context: { from: ann, id: 'wamid.x' } }),
		],
	}),
);
const forward = (body: string) => ({
	table: 'forwards',
	row: {
		forward_id: 'f1',
		account_key: 'app',
		address: 'https://chat.example.com/hook?token=hidden',
		body,
		signature: 'sha256=abc',
		person_keys: `|1 +${ann}||1 +${bob}|`,
		created_at: 1_793_620_800_000,
		due_at: 0,
		attempts: 2,
		lease_until: 0,
		problem: null,
	},
});
const stored = (account: typeof plain): string =>
	encodeText(Buffer.from(webhook).toString('latin1'), account);

test.each([
	['plain', plain, keys],
	['hashed', hashing, new Set([identifierKey(hashing, `+${ann}`)])],
])('of a forwarded webhook, only what concerns the person is shown: %s', (_, account, own) => {
	const data = shownData(forward(stored(account)), own, account);
	expect(data).toMatchObject({
		host: 'chat.example.com',
		createdAt: '2026-11-02T12:00:00.000Z',
		attempts: 2,
		events: [{ event: 'message', text: 'Grüße', contact: { waId: ann, name: 'Ann' } }],
	});
	const shown = JSON.stringify(data);
	for (const other of [bob, 'Bob', 'hidden', 'sha256']) expect(shown).not.toContain(other);
});

test('one that cannot be read shows no events, and nobody else', () => {
	expect(shownData(forward('sealed under another secret'), keys, plain)['events']).toEqual([]);
});

const waiting = (content: object) => ({
	table: 'inbox_events',
	row: { event_id: 'e1', account_key: '1', received_at: 0, content: JSON.stringify(content) },
});

test('an event of the person is shown, without those that came with it', () => {
	const event = { event: 'message', contact: { waId: null, userId: 'DE.77' }, text: 'hi' };
	const place = { change: 0, around: { contacts: [{ wa_id: bob }] }, entry: null };
	const data = shownData(waiting({ ...event, place }), keys, plain);
	expect(data['content']).toEqual(event);
});

test('of what somebody else wrote, only that it mentions the person', () => {
	const event = {
		...{ event: 'message', type: 'text', timestamp: '2026-11-02T12:00:00Z' },
		...{ contact: { waId: bob, userId: null }, text: 'secret of Bob', context: { from: ann } },
	};
	expect(shownData(waiting(event), keys, plain)['content']).toEqual({
		event: 'message',
		type: 'text',
		timestamp: '2026-11-02T12:00:00Z',
		mentionsThePerson: true,
	});
});
