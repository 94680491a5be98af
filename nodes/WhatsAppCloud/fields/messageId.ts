import type { INodeProperties } from 'n8n-workflow';

/** The message to act on; `requiredMessageId` reads it. */
export const messageIdField = (
	texts: Pick<INodeProperties, 'description' | 'hint'>,
): INodeProperties => ({
	displayName: 'Message ID',
	name: 'messageId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. wamid.HBgLMTU1NTEyMzQ1NjcVAgASGBQz',
	...texts,
});
