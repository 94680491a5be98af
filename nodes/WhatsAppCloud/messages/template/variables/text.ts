import { readParameter, requiredText } from '../../../values/schema/reading';
import { defineVariable } from './variableKind';

/** The whole text has up to 1,024 characters; the template decides how many are left. */
const variableText = requiredText(Infinity);

export const text = defineVariable({
	name: 'Text',
	fields: [
		{
			displayName: 'Text',
			name: 'text',
			type: 'string',
			default: '',
			hint: 'No line breaks or tabs. The whole text can have up to 1,024 characters.',
		},
	],
	read(values, problems) {
		return readParameter(variableText, values, 'text', problems) ?? null;
	},
	build: (value) => ({ text: value }),
	shownText: (value) => value,
});
