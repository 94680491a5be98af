import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { REPLAY_DAYS } from './triggerOptions';

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

/** The trigger's less common settings. */
export const optionsField: INodeProperties = {
	displayName: 'Options',
	name: 'settings',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Download Media',
			name: 'downloadMedia',
			type: 'boolean',
			default: true,
			description:
				'Whether to fetch the file of a message, as a stream, before the workflow starts. A file that cannot be fetched does not stop the message; its item says what went wrong.',
		},
		{
			displayName: 'Drop Replays Older Than',
			name: 'replayDays',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: REPLAY_DAYS,
			hint: 'Days; 0 drops nothing',
			description:
				'Age from which a message, status or payment starts no execution, since Meta delivers for 7 days only, so somebody else must have sent it again',
		},
		HOURS,
		{
			displayName: 'Ignore Messages Older Than',
			name: 'maxAgeMinutes',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 60,
			hint: 'Minutes',
			description:
				'After an outage, Meta delivers messages up to 7 days old; those older than this start no execution',
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
			displayName: 'Largest Download',
			name: 'maxMegabytes',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 100 },
			default: 20,
			description: 'Files of more than this many megabytes are not downloaded',
		},
		{
			displayName: 'Mark as Read',
			name: 'markAsRead',
			type: 'boolean',
			default: true,
			description: 'Whether to show blue ticks to the sender of a chosen message at once',
		},
		{
			displayName: 'Phone Number Names or IDs',
			name: 'phoneNumberIds',
			type: 'multiOptions',
			typeOptions: { loadOptionsMethod: 'getPhoneNumbers' },
			default: [],
			description:
				'Only events of these phone numbers of yours. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		},
		{
			displayName: 'Put Output File in Field',
			name: 'outputField',
			type: 'string',
			default: 'data',
			hint: 'The name of the output binary field to put the file in',
		},
		{
			displayName: 'Redact',
			name: 'redact',
			type: 'boolean',
			default: false,
			description:
				'Whether to replace the sender by a hash and leave out what was written, so that neither is stored with the execution. Message IDs stay.',
		},
		{
			displayName: 'Replace Other Callback',
			name: 'replaceCallback',
			type: 'boolean',
			default: false,
			description:
				'Whether automatic registration may replace a callback that does not belong to this workflow. Unpublishing the workflow tries to restore it.',
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
			displayName: 'Show Typing',
			name: 'showTyping',
			type: 'boolean',
			default: true,
			description:
				'Whether to mark a chosen message as read and to show that an answer is being typed, until it is sent or for 25 seconds',
		},
		{
			displayName: 'Split Outputs',
			name: 'splitOutputs',
			type: 'boolean',
			default: false,
			description: 'Whether messages, statuses and everything else have an output each',
		},
	],
};
