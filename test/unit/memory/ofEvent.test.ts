import { messageOfEvent } from '../../../nodes/WhatsAppCloud/memory/ofEvent';
import { normalise } from '../../../nodes/WhatsAppCloud/events/normalise';
import type { JsonObject } from '../../../nodes/WhatsAppCloud/events/reading/lenientJson';

const found = (field: string, value: JsonObject) =>
	normalise({
		object: 'whatsapp_business_account',
		entry: [
			{ id: '1', changes: [{ field, value: { metadata: { phone_number_id: '2' }, ...value } }] },
		],
	}).map(messageOfEvent);

const received = (message: JsonObject) =>
	found('messages', { messages: [{ from: '491511', id: 'wamid.1', timestamp: '1', ...message }] });

test('what the person writes', () => {
	expect(received({ type: 'text', text: { body: 'Hello' } })).toEqual([
		{ author: 'contact', message: { id: 'wamid.1', type: 'text', text: 'Hello' } },
	]);
	expect(received({ type: 'audio', audio: { id: '1', voice: true } })).toEqual([
		{ author: 'contact', message: { id: 'wamid.1', type: 'voice', text: null } },
	]);
	expect(received({ type: 'button', button: { text: 'Yes', payload: 'y' } })).toMatchObject([
		{ message: { type: 'button', text: 'Yes' } },
	]);
});

test('what a person of the business writes, and another agent', () => {
	const echo = { from: '1555', to: '491511', id: 'wamid.2', timestamp: '1', type: 'text' };
	expect(
		found('smb_message_echoes', { message_echoes: [{ ...echo, text: { body: 'Ann here' } }] }),
	).toEqual([{ author: 'person', message: { id: 'wamid.2', type: 'text', text: 'Ann here' } }]);
	const standby = {
		standby: {
			message_echoes: [
				{ id: 'wamid.3', timestamp: '1', message: { ...echo, text: { body: 'Bot' } } },
			],
		},
	};
	expect(found('standby', standby)).toMatchObject([{ author: 'other', message: { text: 'Bot' } }]);
	const template = { ...echo, type: 'template', template: { name: 'news' } };
	expect(found('smb_message_echoes', { message_echoes: [template] })).toMatchObject([
		{ author: 'person', message: { type: 'template', text: null, template: 'news' } },
	]);
});

test('an edit and a deletion change the message that they name', () => {
	const edit = {
		original_message_id: 'wamid.0',
		message: { type: 'image', image: { caption: 'A better caption' } },
	};
	expect(received({ type: 'edit', edit })).toEqual([
		{
			changedId: 'wamid.0',
			author: 'contact',
			message: { id: 'wamid.0', type: 'image', text: 'A better caption' },
		},
	]);
	expect(received({ type: 'revoke', revoke: { original_message_id: 'wamid.0' } })).toEqual([
		{ changedId: 'wamid.0', author: 'contact', message: null },
	]);
});

test('a message that could not be delivered was never read', () => {
	const failed = { id: 'wamid.1', status: 'failed', timestamp: '1', recipient_id: '491511' };
	expect(found('messages', { statuses: [failed] })).toEqual([
		{ changedId: 'wamid.1', author: 'other', message: null },
	]);
});

test('notices, groups, statuses and what has no ID are left out', () => {
	const text = { type: 'text', text: { body: 'Hello' } };
	expect(received({ type: 'system', system: { body: 'changed' } })).toEqual([null]);
	expect(received({ type: 'unsupported', errors: [] })).toEqual([null]);
	expect(received({ ...text, group_id: 'g' })).toEqual([null]);
	expect(received({ ...text, id: null })).toEqual([null]);
	expect(
		found('messages', { statuses: [{ id: 'wamid.1', status: 'read', timestamp: '1' }] }),
	).toEqual([null]);
});
