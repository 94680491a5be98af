import {
	fieldsFor,
	overridableFieldsFor,
} from '../../../../nodes/WhatsAppCloud/trigger/registration/metaFields';

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
