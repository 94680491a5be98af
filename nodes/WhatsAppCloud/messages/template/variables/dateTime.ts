import { readParameter, requiredText } from '../../../values/limits';
import { defineVariable } from './kind';

const dateText = requiredText(Infinity);

/** Meta shows the text as it is given; it does not fit it to the reader's language. */
export const dateTime = defineVariable({
	name: 'Date and Time',
	description: 'Shown as it is written here',
	fields: [
		{
			displayName: 'Date as Text',
			name: 'text',
			type: 'string',
			default: '',
			placeholder: 'e.g. February 25, 2027',
		},
	],
	read(values, problems) {
		return readParameter(dateText, values, 'text', problems) ?? null;
	},
	build: (value) => ({ date_time: { fallback_value: value } }),
});
