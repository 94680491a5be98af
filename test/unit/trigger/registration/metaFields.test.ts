import {
	fieldsFor,
	furtherFieldsFor,
	overridableFieldsFor,
} from '../../../../nodes/WhatsAppCloud/trigger/registration/metaFields';
import { readOptions } from '../../../../nodes/WhatsAppCloud/trigger/settings/triggerOptions';

test('"All Events" asks for the fields of every conversation, number and group', () => {
	expect(fieldsFor(new Set())).toEqual(
		expect.arrayContaining([
			...['account_settings_update', 'business_username_updates', 'messages'],
			...['messaging_handovers', 'standby', 'tracking_events', 'user_preferences'],
			...['lifecycle', 'participants', 'settings', 'status'].map((of) => `group_${of}_update`),
		]),
	);
});

test('an override brings handovers and settings, but not standby', () => {
	const events = ['standby', 'messaging_handovers', 'account_settings_update', 'account_update'];
	expect(overridableFieldsFor(new Set(events))).toEqual([
		'account_settings_update',
		'messaging_handovers',
	]);
});

test('payments come with the field of messages', () => {
	expect(fieldsFor(new Set(['payment']))).toEqual(['messages']);
});

describe('beyond its events, a trigger needs', () => {
	const further = (events: string[], settings: object = {}) =>
		furtherFieldsFor(readOptions({ events, settings, timeZone: 'UTC' }));
	const rules = ['calls', 'messaging_handovers', 'standby', 'user_preferences'];

	test('what the rules for contacts learn from, if it gets messages or statuses', () => {
		const all = [
			'calls',
			'messaging_handovers',
			'smb_message_echoes',
			'standby',
			'user_preferences',
		];
		expect(further(['message'])).toEqual(all);
		expect(further(['status', 'calls'])).toEqual(all.slice(1));
		expect(further(['message_template_status_update'])).toEqual([]);
		expect(further(['*'])).toEqual([]);
	});

	test('no echoes where nobody pauses for them', () => {
		expect(further(['message'], { pauseMinutes: 0 })).toEqual(rules);
	});

	test('what it hands on', () => {
		const forwards = { address: [{ url: 'https://chat.example.com/', events: ['flows'] }] };
		expect(further(['account_alerts'], { forwards })).toEqual(['flows']);
		const all = { address: [{ url: 'https://chat.example.com/', events: [] }] };
		expect(further(['message'], { forwards: all })).toEqual(
			fieldsFor(new Set()).filter((field) => field !== 'messages'),
		);
	});
});
