import type { INodeProperties } from 'n8n-workflow';
import {
	conversationFields,
	historyOptions,
	messageCountField,
	thisExecutionOption,
} from '../panel';

/** The panel of the sub-node. */
export const memoryFields: INodeProperties[] = [
	{
		displayName:
			'The agent reads what was really written: messages of this contact, of workflows and campaigns, and of people in the WhatsApp Business app. The credential must have Keep Texts on, under Advanced Settings.',
		name: 'memoryNotice',
		type: 'notice',
		default: '',
	},
	...conversationFields,
	messageCountField,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [...historyOptions, thisExecutionOption],
	},
];
