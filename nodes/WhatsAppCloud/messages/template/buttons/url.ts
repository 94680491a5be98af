import { optionalId } from '../../interactive/parts';
import { readParameter, requiredText } from '../../../values/schema/reading';
import { readOptional } from '../../../values/row';
import { defineButton } from './buttonKind';

/** The whole address has up to 2,000 characters; the template decides how many are left. */
const urlText = requiredText(2000);

/** The end of a web address, which the template leaves open. */
export const url = defineButton({
	name: 'URL',
	description: 'The variable end of the URL',
	fields: [
		{
			displayName: 'URL Variable',
			name: 'text',
			type: 'string',
			default: '',
			placeholder: 'e.g. orders/1001',
			hint: 'What follows the fixed part. The whole URL can have up to 2,000 characters.',
		},
		{
			displayName: 'URL Variable Name',
			name: 'parameterName',
			type: 'string',
			default: '',
			placeholder: 'e.g. order_number',
			hint: 'Only if the variables of the template have names',
		},
	],
	read(values, problems) {
		const text = readParameter(urlText, values, 'text', problems);
		const name = readOptional(optionalId, values, 'parameterName', problems);
		return text === undefined ? null : { text: text.trim(), parameterName: name };
	},
	build: ({ text, parameterName }) => [
		{
			type: 'text',
			text,
			...(parameterName === undefined ? {} : { parameter_name: parameterName }),
		},
	],
	variableText: ({ text }) => ({ parameter: 'text', text }),
});
