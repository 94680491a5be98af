import type { INodePropertyOptions } from 'n8n-workflow';

import type { EventName } from '../../events/webhookEvent';
import { ALL_EVENTS } from './eventChoice';

interface Described {
	name: string;
	description?: string;
}

/** The events in the panel: those that most workflows begin with, then the rest by name. */
const EVENTS: Readonly<Record<EventName, Described>> = {
	message: { name: 'Message', description: 'Somebody sent a message of any type' },
	status: {
		name: 'Message Status',
		description: 'A message of yours was sent, delivered, read, played or failed',
	},
	message_template_status_update: {
		name: 'Template Status',
		description: 'A template was approved, rejected, paused or disabled',
	},
	account_alerts: {
		name: 'Account Alert',
		description: 'A messaging limit was refused, a profile photo removed, a badge decided',
	},
	account_review_update: { name: 'Account Review', description: 'Meta has reviewed the account' },
	account_settings_update: {
		name: 'Account Settings',
		description: 'Settings of a phone number have changed, such as those of calls',
	},
	account_update: {
		name: 'Account Update',
		description: 'Violation, restriction, verification, or sharing of the account',
	},
	smb_app_state_sync: {
		name: 'App Contact Synced',
		description: 'A contact was added or removed in the WhatsApp Business app',
	},
	automatic_events: {
		name: 'Automatic Event',
		description: 'Meta detected a lead or purchase in a chat that began with an ad',
	},
	business_capability_update: {
		name: 'Business Capability',
		description: 'Limits for messages or phone numbers have changed',
	},
	business_username_updates: { name: 'Business Username' },
	calls: { name: 'Call', description: 'A call began, ended or changed its status' },
	history: {
		name: 'Chat History',
		description: 'Earlier messages of the WhatsApp Business app',
	},
	messaging_handovers: {
		name: 'Conversation Handover',
		description: 'A conversation was passed to or from another app or agent',
	},
	standby: {
		name: 'Conversation on Standby',
		description: 'Messages in a conversation that another app or agent handles; do not answer them',
	},
	errors: { name: 'Error', description: 'An error from Meta that belongs to no message or status' },
	flows: { name: 'Flow', description: 'Status or health of a Flow has changed' },
	group_lifecycle_update: { name: 'Group Created or Deleted' },
	group_participants_update: { name: 'Group Participants' },
	group_settings_update: { name: 'Group Settings' },
	group_status_update: { name: 'Group Suspended or Cleared' },
	smb_message_echoes: {
		name: 'Message Echo',
		description: 'The business sent a message from the WhatsApp Business app',
	},
	other: { name: 'Other', description: 'Anything this node does not know yet' },
	partner_solutions: { name: 'Partner Solution' },
	payment: {
		name: 'Payment',
		description: 'The payment of an order was captured, is pending or has failed',
	},
	payment_configuration_update: { name: 'Payment Configuration' },
	phone_number_name_update: { name: 'Phone Number Name' },
	phone_number_quality_update: { name: 'Phone Number Quality' },
	security: { name: 'Security', description: 'Two-step verification of a number has changed' },
	template_category_update: { name: 'Template Category' },
	template_correct_category_detection: { name: 'Template Category Detection' },
	message_template_components_update: { name: 'Template Components' },
	message_template_quality_update: { name: 'Template Quality' },
	tracking_events: { name: 'Tracking Event' },
	user_actions: { name: 'User Action', description: 'Somebody tapped a marketing message' },
	user_id_update: { name: 'User ID Changed' },
	user_preferences: {
		name: 'User Preference',
		description: 'Somebody stopped or resumed marketing messages',
	},
};

/** The events that the panel offers. */
export const eventOptions: INodePropertyOptions[] = [
	...Object.entries(EVENTS).map(([value, option]) => ({ ...option, value })),
	{
		name: 'All Events',
		value: ALL_EVENTS,
		description: 'Includes statuses: each one starts an execution',
	},
];

/** Message types that the panel offers; an expression can choose others. */
export const messageTypeOptions: INodePropertyOptions[] = [
	{ name: 'Audio', value: 'audio', description: 'Including voice messages' },
	{ name: 'Contacts', value: 'contacts' },
	{ name: 'Deleted', value: 'revoke', description: 'A message was deleted for everyone' },
	{ name: 'Document', value: 'document' },
	{ name: 'Edited', value: 'edit' },
	{ name: 'Image', value: 'image' },
	{
		name: 'Interactive Reply',
		value: 'interactive',
		description: 'A button or list row was chosen, or a Flow answered',
	},
	{ name: 'Location', value: 'location' },
	{ name: 'Order', value: 'order' },
	{ name: 'Product', value: 'product' },
	{ name: 'Reaction', value: 'reaction', description: 'Also when it is removed' },
	{ name: 'Sticker', value: 'sticker' },
	{ name: 'System', value: 'system', description: 'New number or user ID of a person' },
	{ name: 'Template Button', value: 'button' },
	{ name: 'Text', value: 'text' },
	{ name: 'Unsupported', value: 'unsupported' },
	{ name: 'Video', value: 'video' },
];

/** Statuses of a message. */
export const statusOptions: INodePropertyOptions[] = [
	{ name: 'Delivered', value: 'delivered' },
	{ name: 'Failed', value: 'failed' },
	{ name: 'Played', value: 'played', description: 'A voice message was listened to' },
	{ name: 'Read', value: 'read' },
	{ name: 'Sent', value: 'sent' },
];
