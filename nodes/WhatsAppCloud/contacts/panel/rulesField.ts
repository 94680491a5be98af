import type { INodeProperties } from 'n8n-workflow';
import { hoursFields } from '../../fields/hoursFields';

/** Which messages a rule is about. */
const appliesTo = (all: string): INodeProperties => ({
	displayName: 'Applies To',
	name: 'appliesTo',
	type: 'options',
	options: [
		{ name: 'All Messages', value: 'all', description: all },
		{ name: 'Marketing', value: 'marketing', description: 'Templates of the category Marketing' },
	],
	default: 'marketing',
});

/** Default of Quiet Hours. */
export const usualQuietHours = { from: '21:00', to: '08:00' };

const options: INodeProperties[] = [
	{
		displayName: 'Cap',
		name: 'cap',
		type: 'fixedCollection',
		default: {},
		placeholder: 'Set Cap',
		description:
			'The most messages that a person gets in a period. It holds across all workflows of the account.',
		options: [
			{
				displayName: 'Cap',
				name: 'cap',
				values: [
					{
						displayName: 'Messages',
						name: 'messages',
						type: 'number',
						typeOptions: { minValue: 1 },
						default: 2,
					},
					{
						displayName: 'Period',
						name: 'period',
						type: 'number',
						typeOptions: { minValue: 1 },
						default: 7,
					},
					{
						displayName: 'Unit',
						name: 'unit',
						type: 'options',
						options: [
							{ name: 'Days', value: 'days' },
							{ name: 'Hours', value: 'hours' },
						],
						default: 'days',
					},
					appliesTo('Also answers in a conversation'),
				],
			},
		],
	},
	{
		displayName: 'If Someone Has Taken Over',
		name: 'ifTakenOver',
		type: 'options',
		options: [
			{
				name: 'Block',
				value: 'block',
				description: 'Templates of the categories Utility and Authentication go all the same',
			},
			{ name: 'Send', value: 'send', description: 'For the workflow that a person answers with' },
		],
		default: 'block',
		description: 'What to do while a person, or another app, has the conversation',
	},
	{
		displayName: 'If the Window Is Closed',
		name: 'ifClosed',
		type: 'options',
		options: [
			{ name: 'Block', value: 'block', description: 'Send nothing; the item says why' },
			{
				name: 'Send a Template',
				value: 'template',
				description: 'Its values are taken from the item, by their names',
			},
			{
				name: 'Send as Direct Send',
				value: 'directSend',
				description:
					'As under Options › Send Outside the Window, which then only counts if the window is closed',
			},
			{ name: 'Try Anyway', value: 'try' },
		],
		default: 'block',
		description:
			'What to do with a free-form message if the person has not written in the last 24 hours. If that is not known, the message is tried.',
	},
	{
		displayName: 'Keep for Resume',
		name: 'keepForResume',
		type: 'boolean',
		default: true,
		description:
			'Whether Message › Resume may send what quiet hours, a cap or a takeover with an end has blocked, once that is over',
	},
	{
		displayName: 'Leave Out Who Reads Nothing',
		name: 'unread',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 100 },
		default: 5,
		hint: 'Marketing messages that arrived',
		description:
			'Blocks marketing to a person who read none of the last so many and has not written since. Needs the trigger, for the statuses.',
	},
	{
		displayName: 'Marketing Consent',
		name: 'marketingConsent',
		type: 'options',
		options: [
			{ name: 'All but the Opted-Out', value: 'notOptedOut' },
			{ name: 'Only the Opted-In', value: 'optedIn' },
		],
		default: 'notOptedOut',
		description: 'Who gets templates of the category Marketing',
	},
	{
		displayName: 'Opting Out Also Blocks',
		name: 'notForOptedOut',
		type: 'multiOptions',
		options: [
			{ name: 'Authentication', value: 'authentication' },
			{ name: 'Service', value: 'service', description: 'Free-form messages' },
			{ name: 'Utility', value: 'utility' },
		],
		default: [],
		description: 'What people who opted out of marketing do not get either',
	},
	{
		displayName: 'Quiet Hours',
		name: 'quietHours',
		type: 'fixedCollection',
		default: {},
		placeholder: 'Set Hours',
		description: "Hours in which nothing is sent, in the time zone of the recipient's country",
		options: [
			{
				displayName: 'Hours',
				name: 'hours',
				values: [
					...hoursFields({
						...usualQuietHours,
						toDescription: 'On the next day if it is before From',
						weekdays: {
							displayName: 'Days',
							name: 'days',
							hint: 'On which they begin. Leave empty for every day.',
						},
						timeZoneDescription:
							"Leave empty for that of the recipient's country; where it has several, it is quiet as long as it is in one of them",
					}),
					appliesTo('Also answers in a conversation'),
				],
			},
		],
	},
	{
		displayName: 'Template',
		name: 'template',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		description: 'The template to send instead if the window is closed',
		displayOptions: { show: { ifClosed: ['template'] } },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Choose a template',
				typeOptions: { searchListMethod: 'searchTemplates', searchable: true },
			},
			{
				displayName: 'By Name',
				name: 'name',
				type: 'string',
				placeholder: 'e.g. order_update:en_US',
				hint: 'Name and language',
			},
		],
	},
];

/** What every message to a person must keep to. Where nothing is set, the credential's choice counts. */
export const contactRulesField: INodeProperties = {
	displayName: 'Contact Rules',
	name: 'contactRules',
	type: 'collection',
	placeholder: 'Add rule',
	default: {},
	description:
		'When a message must not go. It then has the outcome "blocked", with the rule and the way out.',
	options,
};
