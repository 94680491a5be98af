import { normalise } from '../../../../nodes/WhatsAppCloud/events/normalise';
import { decodeEvents } from '../../../../nodes/WhatsAppCloud/trigger/deliveries/content';
import { unwrap } from '../../../../nodes/WhatsAppCloud/trigger/deliveries/parcel';
import { receiveDirectly } from '../../../../nodes/WhatsAppCloud/trigger/receive/receiveDirectly';
import { readOptions } from '../../../../nodes/WhatsAppCloud/trigger/settings/triggerOptions';
import { messagesWebhook } from '../../events/fixture';

const now = Date.parse('2026-11-26T12:00:00Z');
const message = { id: 'wamid.1', from: '4915112345678', type: 'text', text: { body: 'A secret' } };
const events = normalise(
	messagesWebhook({ messages: [{ ...message, timestamp: String(now / 1_000) }] }),
);
const scope = { scope: 'manual', businessAccountId: '', phoneNumberId: '' } as const;
const plain = { appSecret: 'secret', hashIdentifiers: false, keepTexts: false };

test.each([
	['plain', {}, {}, true],
	['encrypted with Hash Recipients', { hashIdentifiers: true }, {}, false],
	['encrypted with Keep Texts', { keepTexts: true }, {}, false],
	['encrypted where the items are redacted', {}, { redact: true }, false],
])('the input that n8n stores is %s', (_, account, settings, isPlain) => {
	const options = readOptions({ events: ['message'], settings, timeZone: 'UTC' });
	const { input } = receiveDirectly(events, options, scope, { ...plain, ...account }, now);
	expect(JSON.stringify(input).includes('A secret')).toBe(isPlain);
	const parcel = unwrap(input?.[0] ?? []);
	const contents = parcel !== null && 'contents' in parcel ? parcel.contents : [];
	expect(decodeEvents(contents, plain.appSecret)).toMatchObject([{ text: 'A secret' }]);
});
