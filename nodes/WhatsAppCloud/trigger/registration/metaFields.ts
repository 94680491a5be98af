import type { EventName } from '../../events/webhookEvent';
import type { TriggerOptions } from '../settings/triggerOptions';

/** Fields that every app may subscribe to: what "All Events" requests. */
const COMMON_FIELDS: readonly string[] = [
	'account_alerts',
	'account_review_update',
	'account_settings_update',
	'account_update',
	'automatic_events',
	'business_capability_update',
	'business_username_updates',
	'calls',
	'flows',
	'group_lifecycle_update',
	'group_participants_update',
	'group_settings_update',
	'group_status_update',
	'history',
	'message_template_components_update',
	'message_template_quality_update',
	'message_template_status_update',
	'messages',
	'messaging_handovers',
	'partner_solutions',
	'payment_configuration_update',
	'phone_number_name_update',
	'phone_number_quality_update',
	'security',
	'smb_app_state_sync',
	'smb_message_echoes',
	'standby',
	'template_category_update',
	'tracking_events',
	'user_preferences',
];

/** Events that arrive in a field with a different name. */
const CARRIERS: Readonly<Partial<Record<EventName, readonly string[]>>> = {
	errors: ['messages'],
	message: ['messages'],
	other: [],
	payment: ['messages'],
	status: ['messages'],
	user_actions: ['messages'],
	user_id_update: ['messages'],
};

/**
 * Fields that an override redirects, as of 2026-06-28; all others, including standby, go to the
 * app's callback.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/override/
 */
const OVERRIDABLE_FIELDS: ReadonlySet<string> = new Set([
	'account_settings_update',
	'calls',
	'consumer_profile',
	'group_lifecycle_update',
	'group_participants_update',
	'group_settings_update',
	'group_status_update',
	'history',
	'message_echoes',
	'messages',
	'messaging_handovers',
	'smb_app_state_sync',
	'smb_message_echoes',
]);

/** The fields that bring the chosen events; all common ones if the choice is not restricted. */
export function fieldsFor(events: ReadonlySet<string>): string[] {
	if (events.size === 0) return [...COMMON_FIELDS];
	const fields = [...events].flatMap((event) => CARRIERS[event as EventName] ?? [event]);
	return fields.length === 0 ? ['messages'] : [...new Set(fields)].sort();
}

/** The chosen fields that an override can bring. */
export function overridableFieldsFor(events: ReadonlySet<string>): string[] {
	// Without a particular choice, it brings at least the messages.
	if (events.size === 0) return ['messages'];
	return fieldsFor(events).filter((field) => OVERRIDABLE_FIELDS.has(field));
}

/** Whether a field comes to the callback of the app alone, whatever overrides there are. */
export const comesToAppAlone = (field: string): boolean => !OVERRIDABLE_FIELDS.has(field);

/** What brings the opt-outs in WhatsApp, who answers a conversation, and calls, which open a window. */
const RULE_FIELDS = ['calls', 'messaging_handovers', 'standby', 'user_preferences'] as const;

/**
 * The fields that a trigger needs beyond its events: what the rules for contacts learn from, if it
 * gets conversations at all, and what it hands on to other addresses.
 */
export function furtherFieldsFor({
	choice,
	contacts,
	forwards,
}: Pick<TriggerOptions, 'choice' | 'contacts' | 'forwards'>): string[] {
	const own = fieldsFor(choice.events);
	const further = forwards.flatMap(({ events }) => fieldsFor(events));
	if (own.includes('messages')) {
		further.push(...RULE_FIELDS);
		if (contacts.pauseMs > 0) further.push('smb_message_echoes');
	}
	return [...new Set(further)].filter((field) => !own.includes(field)).sort();
}
