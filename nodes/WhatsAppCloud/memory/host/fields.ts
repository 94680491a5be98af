import type { INodeProperties } from 'n8n-workflow';
import { conversationFields, historyOptions, messageCountField } from '../panel';

/** Includes what the present execution has sent. */
const thisExecutionOption: INodeProperties = {
	displayName: "This Execution's Messages",
	name: 'includeExecution',
	type: 'boolean',
	default: true,
	description:
		'Whether to include what this execution has sent already, and what the person has written since it began. The message that is being answered is always left out.',
};

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
