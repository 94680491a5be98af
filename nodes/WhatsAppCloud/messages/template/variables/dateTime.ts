import { objectOf } from '../../../values/unknown';
import { readParameter, requiredText } from '../../../values/schema/reading';
import { readPlainJson } from '../../../values/json/plainJson';
import { defineVariable } from './variableKind';

const dateText = requiredText(Infinity);

/** Meta shows the text as given; it does not adapt it to the reader's language. */
export const dateTime = defineVariable({
	name: 'Date and Time',
	description: 'Shown as written here',
	fields: [
		{
			displayName: 'Date as Text',
			name: 'text',
			type: 'string',
			default: '',
			placeholder: 'e.g. February 25, 2027',
		},
	],
	more: ['parts'],
	read(values, problems) {
		const text = readParameter(dateText, values, 'text', problems);
		// What Meta's JSON has besides the text, such as the year and the calendar.
		const parts = readPlainJson(objectOf(values['parts']), problems);
		return text === undefined ? null : { text, parts };
	},
	build: ({ text, parts }) => ({ date_time: { fallback_value: text, ...parts } }),
	shownText: ({ text }) => text,
});
