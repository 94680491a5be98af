import type { JsonObject } from '../../../nodes/WhatsAppCloud/events/reading/lenientJson';
import { fixturesIn, messagesWebhook, onlyEvent, readFixture } from './fixture';

interface MessageFixture extends JsonObject {
	message: JsonObject;
	reads: JsonObject;
}

describe.each(fixturesIn('messages'))('%s', (name) => {
	const { message, reads } = readFixture(name) as MessageFixture;
	const event = onlyEvent(messagesWebhook({ messages: [message] }));

	it('reads as expected', () => {
		expect(event).toMatchObject(reads);
	});

	it('has what every message has', () => {
		expect(event).toMatchObject({
			event: 'message',
			id: 'wamid.IN1',
			timestamp: '2026-11-02T12:00:00.000Z',
			businessAccountId: '300000000000001',
			phoneNumberId: '200000000000001',
			displayPhoneNumber: '15550001111',
			contact: { id: '4915112345678', waId: '4915112345678', userId: null },
			direction: 'inbound',
			from: '4915112345678',
			raw: message,
		});
		for (const field of ['type', 'text', 'replyId', 'media', 'context']) {
			expect(event).toHaveProperty(field);
		}
	});
});

it('explains the error of a failed status by class and advice', () => {
	const event = onlyEvent(readFixture('status-failed'));
	expect(event).toMatchObject({
		errors: [{ code: 131047, class: 'window_closed', advice: expect.stringMatching(/template/) }],
	});
});

it('names group and participant of a status in a group', () => {
	const event = onlyEvent(
		messagesWebhook({
			statuses: [
				{
					id: 'wamid.G1',
					status: 'read',
					recipient_type: 'group',
					recipient_id: 'group-1',
					recipient_participant_id: '4915112345678',
					recipient_participant_user_id: 'DE.1',
				},
			],
		}),
	);
	expect(event).toMatchObject({
		recipient: 'group-1',
		groupId: 'group-1',
		contact: { id: 'DE.1', waId: '4915112345678' },
	});
});

it.each([10, 1_000, 100_000])('reads an edit that nests %i times', (levels) => {
	let message: JsonObject = { type: 'text', text: { body: 'innermost' } };
	for (let level = 0; level < levels; level++) message = { type: 'edit', edit: { message } };
	const event = onlyEvent(messagesWebhook({ messages: [{ ...message, id: 'wamid.1' }] }));
	expect(event).toMatchObject({ type: 'edit', id: 'wamid.1' });
	expect(() => JSON.stringify(event)).not.toThrow();
});

it('reads a Flow answer that nests without end', () => {
	const nested = `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
	const reply = { type: 'nfm_reply', nfm_reply: { name: 'flow', response_json: nested } };
	const event = onlyEvent(
		messagesWebhook({ messages: [{ id: 'wamid.1', type: 'interactive', interactive: reply }] }),
	);
	expect(event).toMatchObject({ id: 'wamid.1', flow: { json: nested } });
	expect(() => JSON.stringify(event)).not.toThrow();
});
