import type { INodeProperties } from 'n8n-workflow';

import { forwardOption } from './forwardOption';
import { hoursFields } from '../../fields/hoursFields';
import { contactOptionFields } from './contactOptions';

/**
 * Days after which a message or status counts as a replay. Meta redelivers for seven; younger
 * replays are recognised by their keys, which are kept for 35 (`defaultRetention`).
 */
export const REPLAY_DAYS = 30;

/** Hours by default. */
export const DEFAULT_HOURS = { from: '9:00', to: '17:00' };

/** In megabytes. */
export const DEFAULT_LARGEST_DOWNLOAD = 20;

/** How often an execution that was killed starts again. */
export const DEFAULT_MAX_RESTARTS = 3;

/** How long what waits for an unpublished workflow stays, in minutes; 7 days at most. */
export const DEFAULT_KEPT_MINUTES = 1;
export const MOST_KEPT_MINUTES = 7 * 24 * 60;

/** How long a contact's messages wait for more. */
const QUIET_SECONDS = 8;
const LONGEST_SECONDS = 60;
const MOST_MESSAGES = 20;
export const DEFAULT_COLLECT = {
	quietSeconds: QUIET_SECONDS,
	longestSeconds: LONGEST_SECONDS,
	mostMessages: MOST_MESSAGES,
};

const COLLECT: INodeProperties = {
	displayName: 'Collect Messages',
	name: 'collect',
	type: 'fixedCollection',
	default: {},
	placeholder: 'Set Times',
	description:
		'Wait until a person has written nothing for a while, then start one execution with one item for all of their messages. Needs the state.',
	options: [
		{
			displayName: 'Wait',
			name: 'wait',
			values: [
				{
					displayName: 'Quiet For',
					name: 'quietSeconds',
					type: 'number',
					typeOptions: { minValue: 1, maxValue: 600 },
					default: QUIET_SECONDS,
					hint: 'Seconds since the last message',
				},
				{
					displayName: 'At Longest',
					name: 'longestSeconds',
					type: 'number',
					typeOptions: { minValue: 1, maxValue: 3600 },
					default: LONGEST_SECONDS,
					hint: 'Seconds since the first message',
				},
				{
					displayName: 'Most Messages',
					name: 'mostMessages',
					type: 'number',
					typeOptions: { minValue: 1, maxValue: 1000 },
					default: MOST_MESSAGES,
					description: 'So many do not wait for more. The tap of a button never waits.',
				},
				{
					displayName: 'Show Typing',
					name: 'showTyping',
					type: 'boolean',
					default: false,
					description:
						'Whether to mark each message as read when it arrives and show that an answer is being typed',
				},
			],
		},
	],
};

const HOURS_VALUES = hoursFields({
	...DEFAULT_HOURS,
	toDescription: 'A time before From is on the next day',
	weekdays: {
		displayName: 'Weekdays',
		name: 'weekdays',
		hint: 'Leave empty for every day',
	},
});

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
		COLLECT,
		{
			displayName: 'Download Media',
			name: 'downloadMedia',
			type: 'boolean',
			default: true,
			description:
				'Whether to download the file of a message before the workflow starts. If that fails, the workflow starts anyway, and the item says what went wrong.',
		},
		{
			displayName: 'Drop Replays Older Than',
			name: 'replayDays',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: REPLAY_DAYS,
			hint: 'In days; 0 drops nothing',
			description:
				'Ignore messages, statuses and payments older than this. Meta delivers for 7 days, so anything older was sent again by somebody else.',
		},
		forwardOption,
		HOURS,
		{
			displayName: 'Ignore Messages Older Than',
			name: 'maxAgeMinutes',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 60,
			hint: 'In minutes',
			description:
				'After an outage, Meta delivers messages up to 7 days old. Those older than this start no execution.',
		},
		{
			displayName: 'Ignore Own Echoes',
			name: 'ignoreEchoes',
			type: 'boolean',
			default: true,
			description:
				'Whether to ignore messages that the business itself wrote, in the WhatsApp Business app or through another agent',
		},
		{
			displayName: 'Include Raw Data',
			name: 'raw',
			type: 'boolean',
			default: true,
			description: "Whether to add Meta's own data to each item, in the field raw",
		},
		{
			displayName: 'Keep When Unpublished',
			name: 'keptMinutes',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: MOST_KEPT_MINUTES },
			default: DEFAULT_KEPT_MINUTES,
			hint: 'In minutes',
			description:
				'How long events that wait stay after the workflow was unpublished. If it is published again by then, they start executions.',
		},
		{
			displayName: 'Largest Download',
			name: 'maxMegabytes',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 100 },
			default: DEFAULT_LARGEST_DOWNLOAD,
			hint: 'In megabytes, up to 100',
			description: 'Larger files are not downloaded',
		},
		{
			displayName: 'Mark as Read',
			name: 'markAsRead',
			type: 'boolean',
			default: true,
			description: 'Whether to mark each message as read (blue ticks) when its execution begins',
		},
		{
			displayName: 'Most Restarts',
			name: 'maxRestarts',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 100 },
			default: DEFAULT_MAX_RESTARTS,
			description:
				'How often an execution may start again, if When n8n Is Killed is set to Start Again',
		},
		{
			displayName: 'One Execution per Contact',
			name: 'onePerContact',
			type: 'boolean',
			default: false,
			description:
				'Whether the next execution for a person starts when the last one has ended. An execution that waits counts as ended. Needs the state.',
		},
		contactOptionFields.optInConfirmation,
		contactOptionFields.optInWords,
		contactOptionFields.optOutConfirmation,
		contactOptionFields.optOutWords,
		contactOptionFields.pauseMinutes,
		{
			displayName: 'Phone Number Names or IDs',
			name: 'phoneNumberIds',
			type: 'multiOptions',
			typeOptions: { loadOptionsMethod: 'getPhoneNumbers' },
			default: [],
			description:
				'Only events of these business phone numbers. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
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
				'Whether to replace the sender with a hash and leave out what was written, so that neither is stored with the execution. Message IDs are kept.',
		},
		{
			displayName: 'Replace Other Callback',
			name: 'replaceCallback',
			type: 'boolean',
			default: false,
			description:
				'Whether automatic registration may replace a callback that belongs to something else. Unpublishing the workflow tries to restore it.',
		},
		{
			displayName: 'Senders',
			name: 'senders',
			type: 'string',
			typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Sender' },
			default: [],
			placeholder: 'e.g. +1 555 123 4567',
			description: 'Only messages from these people: phone numbers with country code, or user IDs',
		},
		{
			displayName: 'Show Typing',
			name: 'showTyping',
			type: 'boolean',
			default: true,
			description:
				'Whether to mark each message as read and show a typing indicator until you answer, for up to 25 seconds',
		},
		{
			displayName: 'Split Outputs',
			name: 'splitOutputs',
			type: 'boolean',
			default: false,
			description: 'Whether to use separate outputs for messages, statuses and everything else',
		},
		contactOptionFields.whenTakenOver,
		{
			displayName: 'When n8n Is Killed',
			name: 'whenKilled',
			type: 'options',
			options: [
				{
					name: 'Leave It',
					value: 'leave',
					description: 'An execution that was running does not start again',
				},
				{
					name: 'Start Again',
					value: 'restart',
					description:
						'Another execution starts with the same events; delivery.attempt in the items counts them',
				},
			],
			default: 'leave',
			description:
				'What becomes of an execution that was running when n8n or its worker was killed. Events that had not started an execution always start one. Needs the state.',
		},
	],
};
