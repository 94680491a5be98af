import { eventKey } from '../../../nodes/WhatsAppCloud/events/eventKey';
import type { JsonObject } from '../../../nodes/WhatsAppCloud/events/reading/lenientJson';
import { normalise } from '../../../nodes/WhatsAppCloud/events/normalise';
import { changeWebhook, fixturesIn, messagesWebhook, onlyEvent, readFixture } from './fixture';

const keyOfMessage = (message: JsonObject) =>
	eventKey(onlyEvent(messagesWebhook({ messages: [message] })));
const keyOfStatus = (status: JsonObject) =>
	eventKey(onlyEvent(messagesWebhook({ statuses: [status] })));

it('is the same for the same event, and another for each other one', () => {
	const keys = fixturesIn('notices').flatMap((name) => {
		const { field, value } = readFixture(name) as { field: string; value: JsonObject };
		const first = normalise(changeWebhook(field, value)).map(eventKey);
		expect(normalise(changeWebhook(field, value)).map(eventKey)).toEqual(first);
		return first;
	});
	expect(new Set(keys).size).toBe(keys.length);
});

it('goes by the ID of a message, not by how it is delivered', () => {
	const message = { id: 'wamid.1', from: '1', type: 'text', text: { body: 'hi' } };
	expect(keyOfMessage({ ...message, context: { id: 'wamid.0' } })).toBe(keyOfMessage(message));
	expect(keyOfMessage({ ...message, id: 'wamid.2' })).not.toBe(keyOfMessage(message));
});

it('tells the statuses of one message apart, and the members of a group', () => {
	const status = { id: 'wamid.1', status: 'sent', recipient_id: '1' };
	const member = { ...status, recipient_type: 'group', recipient_id: 'group-1' };
	const keys = [
		keyOfStatus(status),
		keyOfStatus({ ...status, status: 'read' }),
		keyOfStatus({ ...member, recipient_participant_id: '2' }),
		keyOfStatus({ ...member, recipient_participant_id: '3' }),
	];
	expect(new Set(keys).size).toBe(4);
	expect(keyOfStatus({ ...status, timestamp: '5' })).toBe(keys[0]);
});

it('tells messages without ID apart by their content', () => {
	const message = { from: '1', type: 'text', timestamp: '1793620800' };
	expect(keyOfMessage({ ...message, text: { body: 'a' } })).not.toBe(
		keyOfMessage({ ...message, text: { body: 'b' } }),
	);
});

it('stays short', () => {
	expect(keyOfMessage({ id: 'x'.repeat(10_000), type: 'text' }).length).toBeLessThan(200);
});
