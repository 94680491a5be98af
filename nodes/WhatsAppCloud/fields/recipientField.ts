import type { INodeProperties } from 'n8n-workflow';

/** Who receives the message. */
export const recipientField: INodeProperties = {
	displayName: 'Recipient',
	name: 'recipient',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. +1 555 123 4567',
	description:
		"A phone number in any format, or a user ID such as US.13491208655302741918. A local number, without +, gets the credential's default country.",
};

/** The message being replied to; the recipient sees it quoted. */
export const replyField: INodeProperties = {
	displayName: 'Reply to Message ID',
	name: 'replyToMessageId',
	type: 'string',
	default: '',
	placeholder: 'e.g. wamid.HBgLMTU1NTEyMzQ1NjcVAgASGBQz',
	description:
		'The ID of the message to reply to, for example from the trigger. Leave empty for a new message.',
};
