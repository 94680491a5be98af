import type { INodeProperties } from 'n8n-workflow';

/** Longest text below a picture, video or document. */
export const maxCaptionCharacters = 1024;

export const captionField: INodeProperties = {
	displayName: 'Caption',
	name: 'caption',
	type: 'string',
	typeOptions: { rows: 3 },
	default: '',
	hint: 'Up to 1,024 characters',
	description: 'A text below the file. WhatsApp formatting works.',
};
