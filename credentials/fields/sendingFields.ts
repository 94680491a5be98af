import type { INodeProperties } from 'n8n-workflow';
import { whereToFind } from '../../nodes/WhatsAppCloud/graph/credential/whereToFind';
import { docs } from './docs';
import { heading } from './heading';

/** What sending needs. */
export const sendingFields: INodeProperties[] = [
	heading(
		'sendingNotice',
		'<b>Send messages</b>: Access Token and Default Phone Number ID are enough',
	),
	{
		displayName: 'Access Token',
		name: 'accessToken',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		required: true,
		hint: whereToFind['Access Token'],
		description: `Token of a system user with the permissions whatsapp_business_messaging and whatsapp_business_management. <a href="${docs}/credential.md">Step by step</a>.`,
	},
	{
		displayName: 'Default Phone Number ID',
		name: 'phoneNumberId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 106540352242922',
		hint: whereToFind['Default Phone Number ID'],
		description:
			'The number to send from, unless a node names another. It is the ID, not the number itself.',
	},
	{
		displayName: 'WhatsApp Business Account ID',
		name: 'businessAccountId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 102290129340398',
		hint: whereToFind['WhatsApp Business Account ID'],
		description: 'Needed to list phone numbers and templates, and for the trigger',
	},
	{
		displayName: 'Default Country',
		name: 'defaultCountry',
		type: 'string',
		default: '',
		placeholder: 'e.g. US',
		hint: 'Two letters, such as US or DE',
		description: 'Country of numbers written without a country code',
	},
];
