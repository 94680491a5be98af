import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { shownFor } from '../../fields/shownFor';
import { optionalId } from '../interactive/parts';
import { reportNoChoice } from '../../values/choice';
import { readParameter } from '../../values/limits';
import { listOf } from '../../values/list';
import { isNothing } from '../../values/numbers';
import { report, rowOf, type Problems, type Values } from '../../values/row';
import { choicesOf } from './component';
import { currency } from './variables/currency';
import { dateTime } from './variables/dateTime';
import type { VariableKind } from './variables/kind';
import { text } from './variables/text';

/** By their stored values, which are Meta's names as well. */
const kinds: Record<string, VariableKind> = { text, currency, date_time: dateTime };

/** A variable, checked. */
export interface Variable {
	kind: string;
	parameterName: string | undefined;
	value: unknown;
}

/** The editor's name of a row. */
export const variableRowName = 'variable';

/** The fields of one variable. */
export const variableFields: INodeProperties[] = [
	{
		displayName: 'Type',
		name: 'type',
		type: 'options',
		options: choicesOf(kinds),
		default: 'text',
	},
	...Object.entries(kinds).flatMap(([kind, { fields }]) => shownFor(fields, 'type', kind)),
	{
		displayName: 'Variable Name',
		name: 'parameterName',
		type: 'string',
		default: '',
		placeholder: 'e.g. first_name',
		hint: 'Only where the template names its variables',
		description: 'Numbered variables go by their order and need no name',
	},
];

function readVariable(row: Values, problems: Problems): Variable | null {
	const kind = isNothing(row['type']) ? 'text' : row['type'];
	const parameterName = readParameter(optionalId, row, 'parameterName', problems);
	if (typeof kind !== 'string' || !Object.hasOwn(kinds, kind)) {
		return reportNoChoice(problems, ['type'], Object.keys(kinds), kind);
	}
	const value = kinds[kind]?.read(row, problems) ?? null;
	return value === null ? null : { kind, parameterName, value };
}

/**
 * The variables of a text: rows of the editor, a list of rows or of plain values, or an object with
 * the values by the variables' names.
 */
export const variableList = z
	.preprocess(
		namedToRows,
		listOf(
			rowOf(readVariable, (scalar) => ({ text: scalar })),
			{ min: 0, max: Infinity },
			variableRowName,
		),
	)
	// A row that is null has reported its problem; zod gives no list then.
	.transform((rows) => rows.filter((row) => row !== null))
	.check(({ value, issues }) => checkNames(value, { issues }));

/** Turns `{first_name: 'Ada'}` into rows. Everything else is left to the list. */
function namedToRows(value: unknown): unknown {
	const given = typeof value === 'string' && value.trim().startsWith('{') ? parse(value) : value;
	if (typeof given !== 'object' || given === null || Array.isArray(given)) return value;
	const entries: Array<[string, unknown]> = Object.entries(given);
	const isWrapper =
		entries.length === 1 && entries[0]?.[0] === variableRowName && Array.isArray(entries[0][1]);
	if (isWrapper) return given;
	return entries.map(([parameterName, named]) =>
		typeof named === 'object' && named !== null
			? { parameterName, ...named }
			: { parameterName, text: named },
	);
}

function parse(json: string): unknown {
	try {
		return JSON.parse(json) as unknown;
	} catch {
		// The list reads the same text and tells what is wrong with it.
		return json;
	}
}

/** Names are for all variables or for none, and each stands for one value. */
function checkNames(variables: Variable[], problems: Problems): void {
	const seen = new Set<string>();
	const isNamed = variables.some(({ parameterName }) => parameterName !== undefined);
	for (const [index, { parameterName: name }] of variables.entries()) {
		if (isNamed && name === undefined) {
			report(problems, [index, 'parameterName'], 'is empty, but other variables have a name');
		}
		if (name === undefined) continue;
		if (seen.has(name)) {
			report(
				problems,
				[index, 'parameterName'],
				`is used twice: "${name}"; each must be different`,
			);
		}
		seen.add(name);
	}
}

/** A variable in the wire form. */
export function buildVariable({ kind, parameterName, value }: Variable): Record<string, unknown> {
	return {
		type: kind,
		...kinds[kind]?.build(value),
		...(parameterName === undefined ? {} : { parameter_name: parameterName }),
	};
}
