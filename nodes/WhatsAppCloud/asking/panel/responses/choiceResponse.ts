import { z } from 'zod/v4';

import { alwaysShown, listFields } from '../../../fields/listField';
import { maxRowCharacters } from '../../../questions/stepMessage';
import { optionalId } from '../../../values/id';
import { optionalText, requiredText } from '../../../values/schema/reading';
import { checkUnique, listOf } from '../../../values/list';
import { rowWith } from '../../../values/row';
import { writtenFields, writtenShape } from '../otherText';
import { defineResponse, onlyStep } from '../responseType';

const maxOptions = 90;
const maxIdCharacters = 200;
const maxDescriptionCharacters = 72;
const maxListButtonCharacters = 20;
const listButton = 'Choose';

const option = rowWith(
	{
		title: requiredText(maxRowCharacters),
		id: optionalId(maxIdCharacters),
		description: optionalText(maxDescriptionCharacters),
	},
	{ fromScalar: (title) => ({ title }) },
).transform(({ title, id = title, description }) => ({
	id,
	title,
	...(description === undefined ? {} : { description }),
}));

/** One of several answers. */
export const choice = defineResponse({
	name: 'Choice',
	description: 'Up to three buttons, or a list',
	fields: [
		...listFields({
			name: 'choices',
			displayName: 'Choices',
			rowName: 'choice',
			rowDisplayName: 'Choice',
			hint: 'Up to three become buttons, more a list; from 11 on the list has pages. Up to 90.',
			jsonExample: [
				{ title: 'Small', id: 's' },
				{ title: 'Large', id: 'l' },
			],
			row: [
				alwaysShown({
					displayName: 'Title',
					name: 'title',
					type: 'string',
					default: '',
					placeholder: 'e.g. Priority Mail',
					hint: 'Up to 24 characters, different for each; buttons have up to 20',
				}),
				{
					displayName: 'Description',
					name: 'description',
					type: 'string',
					default: '',
					hint: 'Up to 72 characters',
					description: 'Small print below the title. Makes a list of the choices.',
				},
				{
					displayName: 'ID',
					name: 'id',
					type: 'string',
					default: '',
					hint: 'Up to 200 characters, different for each',
					description: 'What the answer contains. Leave empty to use the title.',
				},
			],
		}),
		{
			displayName: 'List Button',
			name: 'listButton',
			type: 'string',
			default: listButton,
			hint: 'Opens the list, where the choices make one. Up to 20 characters.',
			description: 'The label of the button that opens the list',
		},
		...writtenFields,
	],
	schema: z.object({
		choices: listOf(option, { min: 1, max: maxOptions }, 'choice').check((context) => {
			checkUnique(context, 'id');
			checkUnique(context, 'title');
		}),
		listButton: requiredText(maxListButtonCharacters).prefault(listButton),
		...writtenShape,
	}),
	ask: ({ choices: options, ...rest }, texts) =>
		onlyStep(texts, { kind: 'choice', options, ...rest }),
});
