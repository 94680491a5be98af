import type { INodeProperties } from 'n8n-workflow';

import { alwaysShown, listFields } from '../../fields/listField';
import { maxRowCharacters } from '../../questions/stepMessage';
import type { Step, Wanted } from '../../questions/question';
import { choiceOf } from '../../values/choice';
import { requiredId } from '../../values/id';
import { checkLength } from '../../values/limits';
import { optionalText, readParameter, requiredText } from '../../values/schema/reading';
import { report } from '../../values/schema/singleStep';
import { checkSize, textList } from '../../values/list';
import { checkMembers } from '../../values/members';
import { rowOf, type Problems, type Values } from '../../values/row';
import { formatFields, formatNames, formatOptions, formats, readFormat } from './textFormat';

const maxNameCharacters = 64;
const maxQuestionCharacters = 1_024;
const maxChoices = 90;
const otherKinds = [
	'choice',
	'location',
	'contact',
	'image',
	'document',
	'audio',
	'video',
] as const;
const kinds = [...formats, ...otherKinds] as const;

const kindOptions = [
	...formatOptions,
	{ name: 'Audio or Voice Message', value: 'audio' },
	{ name: 'Choice', value: 'choice', description: 'Buttons or a list' },
	{ name: 'Contact', value: 'contact' },
	{ name: 'Document', value: 'document' },
	{ name: 'Location', value: 'location' },
	{ name: 'Photo', value: 'image' },
	{ name: 'Video', value: 'video' },
].sort((a, b) => a.name.localeCompare(b.name));

const row: INodeProperties[] = [
	alwaysShown({
		displayName: 'Name',
		name: 'name',
		type: 'string',
		default: '',
		placeholder: 'e.g. city',
		description: 'Under which the answer stands in the item: answers.city',
	}),
	alwaysShown({
		displayName: 'Question',
		name: 'text',
		type: 'string',
		default: '',
		placeholder: 'e.g. In which city do you live?',
		hint: 'Up to 1,024 characters',
	}),
	alwaysShown({
		displayName: 'Must Be',
		name: 'kind',
		type: 'options',
		options: kindOptions,
		default: 'any',
		description: 'What counts as an answer',
	}),
	...formatFields('kind'),
	{
		displayName: 'Choices',
		name: 'choices',
		type: 'string',
		default: '',
		placeholder: 'e.g. Small, Large',
		hint: 'Divided by commas, up to 24 characters each',
		displayOptions: { show: { kind: ['choice'] } },
	},
	{
		displayName: 'Retry Text',
		name: 'retryText',
		type: 'string',
		default: '',
		placeholder: 'e.g. Please send the number alone, such as 42.',
		description: 'Sent after a wrong answer. Leave empty for the one under Options.',
	},
];

/** The list of questions. */
export const formQuestionFields = listFields({
	name: 'questions',
	displayName: 'Questions',
	rowName: 'question',
	rowDisplayName: 'Question',
	hint: 'One to 20, asked one after the other',
	description: 'Each is asked once the one before it is answered',
	jsonExample: [
		{ name: 'street', text: 'Street and number?', kind: 'any' },
		{ name: 'zip', text: 'Postal code?', kind: 'pattern', pattern: '^\\d{5}$' },
	],
	row,
});

/** One question of a form, checked. */
export const formQuestion = rowOf((values, problems): Step => {
	checkMembers(values, ['name', 'text', 'kind', 'choices', 'retryText', ...formatNames], problems);
	const { kind = 'any' } = values;
	return {
		name: readParameter(requiredId(maxNameCharacters), values, 'name', problems) ?? '',
		text: readParameter(requiredText(maxQuestionCharacters), values, 'text', problems) ?? '',
		retryText: readParameter(optionalText(4_096), values, 'retryText', problems) ?? '',
		wanted: wantedOf(
			readParameter(choiceOf(kinds), { kind }, 'kind', problems) ?? 'any',
			values,
			problems,
		),
	};
});

function wantedOf(kind: (typeof kinds)[number], values: Values, problems: Problems): Wanted {
	switch (kind) {
		case 'choice':
			return readChoices(values, problems);
		case 'location':
		case 'contact':
			return { kind };
		case 'image':
		case 'document':
		case 'audio':
		case 'video':
			return { kind: 'media', types: [kind], mimeTypes: [] };
		default:
			return { kind: 'text', ...readFormat(kind, values, problems) };
	}
}

function readChoices(values: Values, problems: Problems): Wanted {
	const titles = readParameter(textList(), values, 'choices', problems) ?? [];
	const at = ['choices'];
	checkSize(titles.length, { min: 1, max: maxChoices }, problems, at);
	for (const title of titles) checkLength(title, maxRowCharacters, problems, at);
	const twice = titles.find((title, index) => titles.indexOf(title) !== index);
	if (twice !== undefined) report(problems, at, `has "${twice}" twice; each must be different`);
	return {
		kind: 'choice',
		options: titles.map((title) => ({ id: title, title })),
		listButton: 'Choose',
		tapsOnly: false,
		otherText: 'askAgain',
	};
}
