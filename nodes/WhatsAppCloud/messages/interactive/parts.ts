import type { INodeProperties } from 'n8n-workflow';
import { formatNumber, optionalText } from '../limits';

/** Longest small print below the text. */
const maxFooterCharacters = 60;

/** The text of the message. */
export function bodyField(maxCharacters: number): INodeProperties {
	return {
		displayName: 'Body',
		name: 'body',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
		required: true,
		hint: `Up to ${formatNumber(maxCharacters)} characters`,
		description: 'The text of the message. WhatsApp formatting works.',
	};
}

export const footerField: INodeProperties = {
	displayName: 'Footer',
	name: 'footer',
	type: 'string',
	default: '',
	hint: 'Up to 60 characters',
	description: 'Small print below the text',
};

export const footerSchema = optionalText(maxFooterCharacters);

/** The wire form of the footer, if there is one. */
export const footerPart = (text: string | undefined) =>
	text === undefined ? {} : { footer: { text } };
