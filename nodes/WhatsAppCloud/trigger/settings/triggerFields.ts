import type { INodeProperties, TriggerPanelDefinition } from 'n8n-workflow';

import { senderField } from '../../fields/senderField';
import { eventOptions, messageTypeOptions, statusOptions } from './eventOptions';
import { optionsField } from './optionFields';
import { outputFormatField } from './outputFormat';
import { ALL_EVENTS } from './eventChoice';

/** What the panel says while it waits for an event, and before. */
export const triggerPanel: TriggerPanelDefinition = {
	header: 'Receive WhatsApp messages',
	executionsHelp: {
		inactive:
			'<b>While building your workflow</b>, click Execute step and send a WhatsApp message to your business number from your phone. This runs an execution, which you see in this editor.<br /><br /><b>Once you are happy with it</b>, publish it. Each chosen event then runs an execution, which you see in the <a data-key="executions">executions list</a>.',
		active:
			'<b>While building your workflow</b>, click Execute step and send a WhatsApp message to your business number from your phone. This runs an execution, which you see in this editor.<br /><br /><b>Your workflow is also published</b>: each chosen event runs an execution, which you see in the <a data-key="executions">executions list</a>.',
	},
	activationHint: 'Publish the workflow to run it for every chosen event, without this editor.',
};

/** The parameters of the trigger. */
export const triggerFields: INodeProperties[] = [
	{
		displayName: 'Registration',
		name: 'registration',
		type: 'options',
		options: [
			{
				name: 'By Business Account',
				value: 'businessAccount',
				description: 'All phone numbers of the business account in the credential deliver here',
			},
			{
				name: 'By Phone Number',
				value: 'phoneNumber',
				description: 'One phone number delivers here; others of the same app are not affected',
			},
			{
				name: 'For the Whole App',
				value: 'app',
				description: 'Everything for the app in the credential is delivered here',
			},
			{
				name: 'By Hand',
				value: 'manual',
				description: 'You paste the webhook URL at Meta',
			},
		],
		// It needs no visit to Meta's dashboard, and gives a test run its messages, too.
		default: 'businessAccount',
		description: 'How the webhook URL of this trigger is registered at Meta',
	},
	{
		displayName:
			'Publish this workflow first, since Meta calls its URL when you save. Then open Webhook URLs above and paste the production URL into your app at Meta: App Dashboard → WhatsApp → Configuration → Webhook → Callback URL, with the verify token of the credential. There, subscribe to the fields you need; "messages" brings messages and statuses. The rules for contacts learn from "calls", "messaging_handovers", "smb_message_echoes", "standby" and "user_preferences", too. With App ID and App Secret in the credential, another registration does all this itself.',
		name: 'manualNotice',
		type: 'notice',
		displayOptions: { show: { registration: ['manual'] } },
		default: '',
	},
	{
		displayName:
			'Publishing this workflow registers its production URL at Meta, and unpublishing removes it. Publish it once before the first test. Messages, statuses, calls, groups and handovers are delivered here; standby conversations, user preferences, template events and account events always go to the callback of the whole app.',
		name: 'overrideNotice',
		type: 'notice',
		displayOptions: { show: { registration: ['businessAccount', 'phoneNumber'] } },
		default: '',
	},
	{
		displayName:
			'Publishing this workflow makes its production URL the only callback of the app in the credential, and unpublishing removes it. Publish it once before the first test.',
		name: 'appNotice',
		type: 'notice',
		displayOptions: { show: { registration: ['app'] } },
		default: '',
	},
	{
		...senderField,
		displayName: 'Phone Number',
		displayOptions: { show: { registration: ['phoneNumber'] } },
		description:
			"The business phone number that delivers here. Leave empty for the credential's default phone number.",
	},
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		required: true,
		options: eventOptions,
		default: [ALL_EVENTS],
		description: 'What starts the workflow. Other events start no execution.',
	},
	{
		displayName: 'Message Types',
		name: 'messageTypes',
		type: 'multiOptions',
		displayOptions: {
			show: { events: [ALL_EVENTS, 'message', 'history', 'smb_message_echoes', 'standby'] },
		},
		options: messageTypeOptions,
		default: [],
		hint: 'Leave empty for all types. Buttons and lists bring an Interactive Reply, those of templates a Template Button.',
	},
	{
		displayName: 'Statuses',
		name: 'statuses',
		type: 'multiOptions',
		displayOptions: { show: { events: [ALL_EVENTS, 'status', 'standby'] } },
		options: statusOptions,
		default: [],
		hint: 'Leave empty for all statuses',
	},
	outputFormatField,
	optionsField,
	{
		displayName: 'Registered at Meta',
		name: 'registered',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		description:
			'Open the list to see where webhooks are delivered now, and to which triggers. Selecting an entry changes nothing.',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Open to see where webhooks are delivered',
				typeOptions: { searchListMethod: 'searchRegistrations' },
			},
		],
	},
	{
		// For nodes of version 1, n8n reads this in each webhook.
		displayName: 'Options',
		name: 'options',
		type: 'hidden',
		displayOptions: { show: { '@version': [1] } },
		default: { binaryData: true },
	},
];
