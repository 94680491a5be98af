import { readParameter, requiredText } from '../../../values/schema/reading';
import { defineButton } from './buttonKind';

const maxCodeCharacters = 15;

const code = requiredText(maxCodeCharacters).transform((value) => value.trim());

/**
 * The code of an authentication template, which goes into both the text and the button.
 * https://developers.facebook.com/docs/whatsapp/business-management-api/authentication-templates
 */
export const oneTimePassword = defineButton({
	name: 'One-Time Password',
	description: 'The code of an authentication template, put into its button and its text',
	subType: 'url',
	fields: [
		{
			displayName: 'One-Time Password',
			name: 'code',
			type: 'string',
			default: '',
			placeholder: 'e.g. 913642',
			hint: 'Up to 15 characters',
			description: 'Also put into the text; no body variable is needed',
		},
	],
	read: (values, problems) => readParameter(code, values, 'code', problems) ?? null,
	build: (value) => [{ type: 'text', text: value }],
	variableText: (value) => ({ parameter: 'code', text: value }),
	bodyText: (value) => value,
});
