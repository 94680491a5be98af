import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { EventName } from './events';
import { ALL_EVENTS } from './options';

type Described = { name: string; description?: string };

/** The events of the panel, in the order of their names. */
const EVENTS: Readonly<Record<EventName, Described>> = {
	account_alerts: {
		name: 'Account Alert',
		description: 'A messaging limit was refused, a profile photo removed, a badge decided',
	},
	account_review_update: { name: 'Account Review', description: 'Meta has reviewed the account' },
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
		description: 'Meta has found a lead or purchase in a chat that began with an ad',
	},
	business_capability_update: {
		name: 'Business Capability',
		description: 'Limits for messages or phone numbers have changed',
	},
	business_username_updates: { name: 'Business Username' },
	calls: { name: 'Call', description: 'A call begins, ends or changes its status' },
	history: {
		name: 'Chat History',
		description: 'Earlier messages of the WhatsApp Business app',
	},
	messaging_handovers: {
		name: 'Conversation Handover',
		description: 'A conversation goes to or comes from another app or agent',
	},
	standby: {
		name: 'Conversation on Standby',
		description: 'What happens in conversations that another agent handles; do not answer it',
	},
	errors: { name: 'Error', description: 'An error of Meta outside a message or status' },
	flows: { name: 'Flow', description: 'Status or health of a Flow has changed' },
	group_lifecycle_update: { name: 'Group Created or Deleted' },
	group_participants_update: { name: 'Group Participants' },
	group_settings_update: { name: 'Group Settings' },
	group_status_update: { name: 'Group Suspended or Cleared' },
	message: { name: 'Message', description: 'Somebody writes, whatever the type of message' },
	smb_message_echoes: {
		name: 'Message Echo',
		description: 'The business writes from the WhatsApp Business app',
	},
	status: {
		name: 'Message Status',
		description: 'A message of yours was sent, delivered, read, played or failed',
	},
	other: { name: 'Other', description: 'Whatever this node does not know yet' },
	partner_solutions: { name: 'Partner Solution' },
	payment_configuration_update: { name: 'Payment Configuration' },
	phone_number_name_update: { name: 'Phone Number Name' },
	phone_number_quality_update: { name: 'Phone Number Quality' },
	security: { name: 'Security', description: 'Two-step verification of a number has changed' },
	template_category_update: { name: 'Template Category' },
	template_correct_category_detection: { name: 'Template Category Detection' },
	message_template_components_update: { name: 'Template Components' },
	message_template_quality_update: { name: 'Template Quality' },
	message_template_status_update: {
		name: 'Template Status',
		description: 'A template was approved, rejected, paused or disabled',
	},
	tracking_events: { name: 'Tracking Event' },
	user_actions: { name: 'User Action', description: 'Somebody taps a marketing message' },
	user_id_update: { name: 'User ID Changed' },
	user_preferences: {
		name: 'User Preference',
		description: 'Somebody stops or resumes marketing messages',
	},
};

function optionsOf(described: Readonly<Record<string, Described>>): INodePropertyOptions[] {
	return Object.entries(described).map(([value, option]) => ({ ...option, value }));
}

const MESSAGE_TYPES: INodePropertyOptions[] = [
	{ name: 'Audio', value: 'audio', description: 'Voice messages, too' },
	{ name: 'Contacts', value: 'contacts' },
	{ name: 'Deleted', value: 'revoke', description: 'A message was deleted for everyone' },
	{ name: 'Document', value: 'document' },
	{ name: 'Edited', value: 'edit' },
	{ name: 'Image', value: 'image' },
	{
		name: 'Interactive Reply',
		value: 'interactive',
		description: 'Choice of a button or list row, or the answers of a Flow',
	},
	{ name: 'Location', value: 'location' },
	{ name: 'Order', value: 'order' },
	{ name: 'Reaction', value: 'reaction', description: 'Also when it is taken back' },
	{ name: 'Sticker', value: 'sticker' },
	{ name: 'System', value: 'system', description: 'New number or user ID of a person' },
	{ name: 'Template Button', value: 'button' },
	{ name: 'Text', value: 'text' },
	{ name: 'Unsupported', value: 'unsupported' },
	{ name: 'Video', value: 'video' },
];

const STATUSES: INodePropertyOptions[] = [
	{ name: 'Delivered', value: 'delivered' },
	{ name: 'Failed', value: 'failed' },
	{ name: 'Played', value: 'played', description: 'A voice message was listened to' },
	{ name: 'Read', value: 'read' },
	{ name: 'Sent', value: 'sent' },
];

const WEEKDAYS: INodePropertyOptions[] = [
	{ name: 'Monday', value: 1 },
	{ name: 'Tuesday', value: 2 },
	{ name: 'Wednesday', value: 3 },
	{ name: 'Thursday', value: 4 },
	{ name: 'Friday', value: 5 },
	{ name: 'Saturday', value: 6 },
	{ name: 'Sunday', value: 0 },
];

const HOURS_VALUES: INodeProperties[] = [
	{
		displayName: 'From',
		name: 'from',
		type: 'string',
		default: '9:00',
		placeholder: 'e.g. 9:00',
	},
	{
		displayName: 'To',
		name: 'to',
		type: 'string',
		default: '17:00',
		placeholder: 'e.g. 17:00',
		description: 'A time before From is on the next day',
	},
	{
		displayName: 'Weekdays',
		name: 'weekdays',
		type: 'multiOptions',
		options: WEEKDAYS,
		default: [],
		description: 'Leave empty for every day',
	},
	{
		displayName: 'Time Zone',
		name: 'timeZone',
		type: 'string',
		default: '',
		placeholder: 'e.g. Europe/Berlin',
		description: 'Leave empty for the time zone of the workflow',
	},
];

const HOURS: INodeProperties = {
	displayName: 'Hours',
	name: 'hours',
	type: 'fixedCollection',
	default: {},
	placeholder: 'Set Hours',
	description: 'Only messages written inside or outside these hours',
	options: [
		{ displayName: 'Inside These Hours', name: 'inside', values: HOURS_VALUES },
		{ displayName: 'Outside These Hours', name: 'outside', values: HOURS_VALUES },
	],
};

const OPTIONS: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		HOURS,
		{
			displayName: 'Ignore Messages Older Than',
			name: 'maxAgeMinutes',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 60,
			description:
				'Age in minutes. After an outage Meta delivers the messages of up to 7 days; older ones than this start no execution.',
		},
		{
			displayName: 'Ignore Own Echoes',
			name: 'ignoreEchoes',
			type: 'boolean',
			default: true,
			description:
				'Whether to leave out messages that the business itself wrote, in the WhatsApp Business app or through another agent',
		},
		{
			displayName: 'Include Raw Data',
			name: 'raw',
			type: 'boolean',
			default: true,
			description: "Whether each item carries Meta's own data in the field raw",
		},
		{
			displayName: 'Phone Number Names or IDs',
			name: 'phoneNumberIds',
			type: 'multiOptions',
			typeOptions: { loadOptionsMethod: 'getPhoneNumbers' },
			default: [],
			description:
				'Only what concerns these phone numbers of yours. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		},
		{
			displayName: 'Redact',
			name: 'redact',
			type: 'boolean',
			default: false,
			description:
				'Whether to replace who wrote by a hash and to leave out what was written, so that neither is stored with the execution. IDs of messages stay.',
		},
		{
			displayName: 'Senders',
			name: 'senders',
			type: 'string',
			typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Sender' },
			default: [],
			placeholder: 'e.g. +1 555 123 4567',
			description: 'Only messages of these people: phone numbers with country code, or user IDs',
		},
		{
			displayName: 'Split Outputs',
			name: 'splitOutputs',
			type: 'boolean',
			default: false,
			description: 'Whether messages, statuses and the rest leave by an output each',
		},
	],
};

/** The parameters of the trigger. */
export const triggerFields: INodeProperties[] = [
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		required: true,
		options: [
			{
				name: 'All Events',
				value: ALL_EVENTS,
				description: 'Each status of a message starts an execution, too',
			},
			...optionsOf(EVENTS),
		],
		default: [ALL_EVENTS],
		description: 'What starts the workflow. Everything else costs no execution.',
	},
	{
		displayName: 'Message Types',
		name: 'messageTypes',
		type: 'multiOptions',
		displayOptions: {
			show: { events: [ALL_EVENTS, 'message', 'history', 'smb_message_echoes', 'standby'] },
		},
		options: MESSAGE_TYPES,
		default: [],
		description: 'Leave empty for all types',
	},
	{
		displayName: 'Statuses',
		name: 'statuses',
		type: 'multiOptions',
		displayOptions: { show: { events: [ALL_EVENTS, 'status', 'standby'] } },
		options: STATUSES,
		default: [],
		description: 'Leave empty for all statuses',
	},
	{
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: true,
		description: 'Whether to return a simplified version of the response instead of the raw data',
	},
	OPTIONS,
];
