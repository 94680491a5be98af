import type { INodeProperties } from 'n8n-workflow';
import { optionalText } from '../values/schema/reading';

/** Longest caption of an image, video or document, in characters. */
const maxCaptionCharacters = 1024;

/** The text below a file. */
export const captionField: INodeProperties = {
	displayName: 'Caption',
	name: 'caption',
	type: 'string',
	typeOptions: { rows: 3 },
	default: '',
	hint: 'Up to 1,024 characters',
	description: 'Text below the file, with WhatsApp formatting',
};

export const captionSchema = optionalText(maxCaptionCharacters);
