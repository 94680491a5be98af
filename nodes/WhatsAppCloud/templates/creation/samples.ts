import { z } from 'zod/v4';
import type { INodeProperties } from 'n8n-workflow';
import { nestedListField } from '../../fields/nestedList';
import { readText } from '../../values/schema/reading';
import { report } from '../../values/schema/singleStep';
import { listOf } from '../../values/list';
import { isNothing } from '../../values/numbers';
import { rowOf } from '../../values/row';
import { isObject } from '../../values/unknown';
import { isNumber, namesIn } from './textVariables';

/** A value that stands in for a variable while Meta reviews the template. */
export interface Sample {
	/** Empty for the next variable that has none yet. */
	variable: string;
	value: string;
}

const rowName = 'sample';

/** The field for the samples of a text. */
export function samplesField(name: string, of: string): INodeProperties {
	return nestedListField({
		name,
		displayName: `${of} Samples`,
		rowName,
		rowDisplayName: 'Sample',
		description:
			'A realistic value for each variable, which Meta sees during its review. An expression may return a list of values, or an object by variable.',
		row: [
			{
				displayName: 'Variable',
				name: 'variable',
				type: 'string',
				default: '',
				placeholder: 'e.g. first_name',
				description: 'Name or number. Leave empty to take the next variable of the text.',
			},
			{
				displayName: 'Sample Value',
				name: 'value',
				type: 'string',
				default: '',
				placeholder: 'e.g. Ada',
			},
		],
	});
}

const rows = listOf(
	rowOf(
		(row, problems): Sample => {
			const variable = isNothing(row['variable']) ? '' : readText(row['variable'], problems);
			if (isNothing(row['value'])) report(problems, ['value'], 'is empty', 'missing');
			const value = readText(row['value'] ?? '', problems, ['value']);
			return { variable: (variable ?? '').trim().replace(/[{}]/g, ''), value: value ?? '' };
		},
		{ members: ['variable', 'value'], fromScalar: (value) => ({ value }) },
	),
	{ min: 0, max: Infinity },
	rowName,
);

/** Rows, a list of values, or an object whose members are the variables. */
export const sampleList = z.preprocess((value) => {
	if (!isObject(value) || rowName in value || Object.keys(value).length === 0) return value;
	return 'value' in value
		? [value]
		: Object.entries(value).map(([variable, each]) => ({ variable, value: each }));
}, rows);

/** Whether the variables of a template have names: one that is no number decides. */
export const hasNames = (texts: readonly string[]): boolean =>
	texts.flatMap(namesIn).some((name) => !isNumber(name));

/** The `example` of a text in Meta's form; undefined without samples. */
export function exampleOf(
	part: 'header' | 'body',
	text: string,
	samples: readonly Sample[],
	isNamed: boolean,
): Record<string, unknown> | undefined {
	if (samples.length === 0) return undefined;
	const values = assigned(inOrder(namesIn(text), isNamed), samples);
	if (isNamed) {
		const params = [...values].map(([name, example]) => ({ param_name: name, example }));
		return { [`${part}_text_named_params`]: params };
	}
	const list = [...values.values()];
	return { [`${part}_text`]: part === 'body' ? [list] : list };
}

/** Numbers count from 1, whatever their order in the text. */
const inOrder = (names: readonly string[], isNamed: boolean): string[] =>
	isNamed ? [...names] : [...names].sort((a, b) => Number(a) - Number(b));

/** Samples with a variable go there; the others fill the gaps, and any left over are shown. */
function assigned(names: readonly string[], samples: readonly Sample[]): Map<string, string> {
	const own = new Map(
		samples.flatMap(({ variable, value }) => (variable === '' ? [] : [[variable, value]])),
	);
	const others = samples.filter(({ variable }) => variable === '').map(({ value }) => value);
	const values = new Map<string, string>();
	for (const name of names) {
		const value = own.get(name) ?? others.shift();
		if (value !== undefined) values.set(name, value);
		own.delete(name);
	}
	for (const [name, value] of own) values.set(name, value);
	for (const [index, value] of others.entries())
		values.set(String(names.length + index + 1), value);
	return values;
}
