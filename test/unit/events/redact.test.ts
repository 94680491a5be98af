import type {
	JsonObject,
	JsonValue,
} from '../../../nodes/WhatsAppCloud/events/reading/lenientJson';
import { normalise } from '../../../nodes/WhatsAppCloud/events/normalise';
import { redactor } from '../../../nodes/WhatsAppCloud/events/redact';
import { changeWebhook, fixturesIn, messagesWebhook, onlyEvent, readFixture } from './fixture';

const redact = redactor('app secret');

const WHO = ['4915112345678', 'DE.7711223344556677', 'adabrook', 'Ada'];
const CONTACT = {
	wa_id: '4915112345678',
	user_id: 'DE.7711223344556677',
	profile: { name: 'Ada Brook', username: 'adabrook' },
};

describe.each(fixturesIn('messages'))('%s', (name) => {
	const { message } = readFixture(name) as { message: JsonObject };
	const event = onlyEvent(messagesWebhook({ contacts: [CONTACT], messages: [message] }));

	it('tells neither who wrote nor what', () => {
		const text = JSON.stringify(redact(event));
		for (const word of WHO) expect(text).not.toContain(word);
		if ('text' in event && event.text !== null) {
			for (const line of event.text.split('\n')) expect(text).not.toContain(line);
		}
	});

	it('keeps what an answer needs', () => {
		const { event: kind, type, id, timestamp, phoneNumberId } = event;
		expect(redact(event)).toMatchObject({ event: kind, type, id, timestamp, phoneNumberId });
	});
});

it('hides the recipient of a status', () => {
	const event = redact(onlyEvent(readFixture('status-failed')));
	for (const word of WHO) expect(JSON.stringify(event)).not.toContain(word);
	expect(event).toMatchObject({ status: 'failed', id: 'wamid.SENT1', callbackData: 'order-17' });
});

it('hides people in notices and keeps notices about the account', () => {
	for (const name of fixturesIn('notices')) {
		const { field, value } = readFixture(name) as { field: string; value: JsonValue };
		for (const event of normalise(changeWebhook(field, value))) {
			const text = JSON.stringify(redact(event));
			for (const word of [...WHO, '33600000000', '46701234567', 'Bea Lind']) {
				expect(text).not.toContain(word);
			}
		}
	}
	const review = changeWebhook('account_review_update', { decision: 'APPROVED' });
	expect(redact(onlyEvent(review))).toMatchObject({
		text: 'Account review: APPROVED',
		details: { decision: 'APPROVED' },
	});
});

it('one person has one hash, and another one under another key', () => {
	const [first, second] = [readFixture('text'), readFixture('text')].map(onlyEvent);
	if (first === undefined || second === undefined) throw new Error('no events');
	expect(redact(first).contact.id).toBe(redact(second).contact.id);
	expect(redact(first).contact.id).toMatch(/^[0-9a-f]{32}$/);
	expect(redactor('other secret')(first).contact.id).not.toBe(redact(first).contact.id);
});
