import type { INodeProperties } from 'n8n-workflow';
import { whereToFind } from '../../nodes/WhatsAppCloud/graph/credential/whereToFind';
import { heading } from './heading';

/** What the trigger needs. */
export const triggerFields: INodeProperties[] = [
	heading(
		'triggerNotice',
		'<b>Receive messages and statuses</b>: the trigger also needs App ID, App Secret and the WhatsApp Business Account ID above',
	),
	{
		displayName: 'App ID',
		name: 'appId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 670843887433847',
		hint: whereToFind['App ID'],
		description: 'Needed for automatic registration and to check tokens',
	},
	{
		displayName: 'App Secret',
		name: 'appSecret',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		hint: whereToFind['App Secret'],
		description: 'Proves that a webhook comes from Meta. Without it, all webhooks are refused.',
	},
	{
		displayName: 'Verify Token',
		name: 'verifyToken',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		hint: 'Only for registration by hand: any word, the same one as in the app at Meta',
		description:
			'Enter the same word in the app dashboard under WhatsApp › Configuration › Webhook',
	},
];
