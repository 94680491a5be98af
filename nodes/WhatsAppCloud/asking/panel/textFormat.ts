import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { z } from 'zod/v4';

import type { DateOrder, TextFormat } from '../../questions/question';
import { choiceOf } from '../../values/choice';
import { readParameter, readText, requiredText } from '../../values/schema/reading';
import { type Problems, report, step } from '../../values/schema/singleStep';
import { checkSize, textList } from '../../values/list';
import { isNothing, optionalNumber } from '../../values/numbers';
import type { Values } from '../../values/row';
import { truth } from '../../values/truth';
import { reasonOf } from '../../values/unknown';

export const formats = ['any', 'number', 'email', 'date', 'phone', 'oneOf', 'pattern'] as const;

/** How many answers "One Of" may list. */
const mostValues = 200;
const mostPatternCharacters = 1_000;
const anyNumber = { min: -Infinity, max: Infinity, decimals: true };

const shown = (
	name: string,
	...values: string[]
): NonNullable<INodeProperties['displayOptions']> => ({
	show: { [name]: values },
});

/** The choices of what a written answer must be. */
export const formatOptions: INodePropertyOptions[] = [
	{ name: 'Any Text', value: 'any' },
	{ name: 'Date', value: 'date' },
	{ name: 'E-Mail Address', value: 'email' },
	{ name: 'Number', value: 'number' },
	{ name: 'One Of', value: 'oneOf', description: 'One of several texts, in any spelling' },
	{ name: 'Phone Number', value: 'phone' },
	{ name: 'Regular Expression', value: 'pattern' },
];

/**
 * What the formats need to know, shown for each of them.
 *
 * @param choice the name of the field that chooses the format
 */
export const formatFields = (choice: string): INodeProperties[] => [
	{
		displayName: 'Minimum',
		name: 'min',
		type: 'number',
		typeOptions: { numberPrecision: 6 },
		default: '',
		description: 'Leave empty for none',
		displayOptions: shown(choice, 'number'),
	},
	{
		displayName: 'Maximum',
		name: 'max',
		type: 'number',
		typeOptions: { numberPrecision: 6 },
		default: '',
		description: 'Leave empty for none',
		displayOptions: shown(choice, 'number'),
	},
	{
		displayName: 'Whole Numbers Only',
		name: 'isWhole',
		type: 'boolean',
		default: false,
		displayOptions: shown(choice, 'number'),
	},
	{
		displayName: 'Day and Month',
		name: 'dateOrder',
		type: 'options',
		options: [
			{ name: 'Day First', value: 'dayFirst', description: '3/4 is the third of April' },
			{ name: 'Month First', value: 'monthFirst', description: '3/4 is the fourth of March' },
		],
		default: 'dayFirst',
		displayOptions: shown(choice, 'date'),
	},
	{
		displayName: 'Earliest Day',
		name: 'earliest',
		type: 'dateTime',
		default: '',
		description: 'Leave empty for none',
		displayOptions: shown(choice, 'date'),
	},
	{
		displayName: 'Latest Day',
		name: 'latest',
		type: 'dateTime',
		default: '',
		description: 'Leave empty for none',
		displayOptions: shown(choice, 'date'),
	},
	{
		displayName: 'Allowed Texts',
		name: 'allowed',
		type: 'string',
		default: '',
		placeholder: 'e.g. red, green, blue',
		hint: 'Divided by commas',
		displayOptions: shown(choice, 'oneOf'),
	},
	{
		displayName: 'Regular Expression',
		name: 'pattern',
		type: 'string',
		default: '',
		placeholder: 'e.g. ^[A-Z]{2}\\d{6}$',
		description: 'In JavaScript, without slashes',
		displayOptions: shown(choice, 'pattern'),
	},
	{
		displayName: 'Ignore Case',
		name: 'ignoresCase',
		type: 'boolean',
		default: true,
		description: 'Whether capital and small letters are the same',
		displayOptions: shown(choice, 'pattern'),
	},
];

/** The names of these fields. */
export const formatNames = formatFields('format').map(({ name }) => name);

/** Reads what a written answer must be. A default country is added when it is asked. */
export function readFormat(
	format: (typeof formats)[number],
	values: Values,
	problems: Problems,
): TextFormat {
	const read = <Schema extends z.ZodType>(schema: Schema, name: string) =>
		readParameter(schema, values, name, problems);
	switch (format) {
		case 'any':
		case 'email':
			return { format };
		case 'phone':
			return { format, defaultCountry: '' };
		case 'number': {
			const bound = (name: string): number | null => read(optionalNumber(anyNumber), name) ?? null;
			const [min, max] = [bound('min'), bound('max')];
			if (min !== null && max !== null && min > max) {
				report(problems, ['max'], `must be at least Minimum, ${min}, but is ${max}`, 'tooSmall');
			}
			return { format, min, max, isWhole: read(truth, 'isWhole') ?? false };
		}
		case 'date': {
			const order = isNothing(values['dateOrder'])
				? 'dayFirst'
				: (read(choiceOf<DateOrder>(['dayFirst', 'monthFirst']), 'dateOrder') ?? 'dayFirst');
			return {
				format,
				order,
				earliest: read(optionalDay, 'earliest') ?? null,
				latest: read(optionalDay, 'latest') ?? null,
			};
		}
		case 'oneOf': {
			const allowed = read(textList(), 'allowed') ?? [];
			checkSize(allowed.length, { min: 1, max: mostValues }, problems, ['allowed']);
			return { format, values: allowed };
		}
		case 'pattern': {
			const pattern = read(requiredText(mostPatternCharacters), 'pattern') ?? '';
			const ignoresCase = isNothing(values['ignoresCase'])
				? true
				: (read(truth, 'ignoresCase') ?? true);
			checkPattern(pattern, problems);
			return { format, pattern, ignoresCase };
		}
	}
}

function checkPattern(pattern: string, problems: Problems): void {
	try {
		new RegExp(pattern, 'u');
	} catch (error) {
		report(problems, ['pattern'], `is no regular expression: ${reasonOf(error)}`, 'otherForm');
	}
}

/** A day: `2026-12-31`, or the beginning of a longer time. */
const optionalDay = step((value, context): string | null => {
	if (isNothing(value)) return null;
	const day = /^\s*(\d{4}-\d{2}-\d{2})(?!\d)/.exec(readText(value, context) ?? '')?.[1];
	return day ?? report(context, [], 'must be a day such as 2026-12-31', 'otherForm');
});
