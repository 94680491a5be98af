import { readParameter, requiredText } from '../../../values/schema/reading';
import { optionalId } from '../../interactive/parts';
import { defineHeader } from './headerKind';

/** The text with its variable has at most 60 characters; the template decides how many are left. */
const headerText = requiredText(Infinity);

/** The variable of a text header; a template has at most one. */
export const text = defineHeader({
	name: 'Text',
	toldBy: ['headerText'],
	fields: [
		{
			displayName: 'Header Variable',
			name: 'headerText',
			type: 'string',
			default: '',
			required: true,
			hint: 'The whole header can have up to 60 characters',
			description: 'The value of the variable in the header',
		},
		{
			displayName: 'Header Variable Name',
			name: 'headerParameterName',
			type: 'string',
			default: '',
			placeholder: 'e.g. first_name',
			hint: 'Only if the variables of the template have names',
		},
	],
	read(values, problems) {
		const value = readParameter(headerText, values, 'headerText', problems);
		const name = readParameter(optionalId, values, 'headerParameterName', problems);
		return value === undefined ? null : { text: value, parameterName: name };
	},
	build: ({ text: value, parameterName }) => ({
		text: value,
		...(parameterName === undefined ? {} : { parameter_name: parameterName }),
	}),
	variableText: ({ text: value }) => ({ parameter: 'headerText', text: value }),
});
