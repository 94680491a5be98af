import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { shownFor } from '../../fields/shownFor';
import { optionalId } from '../interactive/parts';
import { reportNoChoice } from '../../values/choice';
import { readAt } from '../../values/schema/reading';
import { listOf } from '../../values/list';
import { isNothing } from '../../values/numbers';
import { checkMembers } from '../../values/members';
import { readOptional, report, rowOf, type Problems, type Values } from '../../values/row';
import { parseIfJson } from '../../values/json/exactJson';
import { isoOf } from '../../values/moment';
import { isObject } from '../../values/unknown';
import { choicesOf, type VariableText } from './component';
import { variableFromMeta } from './fromMeta';
import { currency } from './variables/currency';
import { dateTime } from './variables/dateTime';
import { groupId } from './variables/groupId';
import type { VariableKind } from './variables/variableKind';
import { text } from './variables/text';
import { step } from '../../values/schema/singleStep';

/** By their stored values, which are Meta's names as well. */
const kinds: Record<string, VariableKind> = {
	text,
	currency,
	date_time: dateTime,
	group_id: groupId,
};

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
		hint: 'Only if the variables of the template have names',
		description: 'Numbered variables are filled in order and need no name',
	},
];

/** What a row of each kind may have. */
const membersOf: Record<string, readonly string[]> = Object.fromEntries(
	Object.entries(kinds).map(([kind, { fields, more = [] }]) => [
		kind,
		['type', 'parameterName', ...fields.map(({ name }) => name), ...more],
	]),
);

/** If no kind is chosen, a variable with an amount is a currency. */
const toldKind = ({ amount }: Values): string => (isNothing(amount) ? 'text' : 'currency');

function readVariable(row: Values, problems: Problems): Variable | null {
	const { type } = row;
	const given = isNothing(type) ? toldKind(row) : type;
	const kind = typeof given === 'string' ? given.toLowerCase() : given;
	const parameterName = readOptional(optionalId, row, 'parameterName', problems);
	if (typeof kind !== 'string' || !Object.hasOwn(kinds, kind)) {
		return reportNoChoice(problems, ['type'], Object.keys(kinds), given);
	}
	checkMembers(row, membersOf[kind] ?? [], problems);
	const value = kinds[kind]?.read(row, problems) ?? null;
	return value === null ? null : { kind, parameterName, value };
}

const rows = listOf(
	rowOf(readVariable, {
		fromScalar: (scalar) => ({ text: scalar }),
		fromMeta: variableFromMeta,
	}),
	{ min: 0, max: Infinity },
	variableRowName,
);

/**
 * The variables of a text: rows of the editor, a list of rows or plain values, an object of values
 * by variable name or number, or Meta's form: parameters, or the component that holds them.
 */
export const variableList = step((value, context): Variable[] => {
	const read = readAt(rows, namedToRows(value), [], context);
	if (read === undefined) return z.NEVER;
	// A null row would have reported its problem.
	const variables = read.filter((row) => row !== null);
	checkNames(variables, context);
	return inOrder(variables);
});

/** Turns `{first_name: 'Ada'}` into rows. Everything else is left to the list. */
function namedToRows(value: unknown): unknown {
	const read = parseIfJson(value);
	const given = Array.isArray(read) && read.length === 1 ? (parametersOf(read[0]) ?? read) : read;
	if (!isObject(given)) return given;
	const parameters = parametersOf(given);
	if (parameters !== null) return parameters;
	const entries: [string, unknown][] = Object.entries(given);
	const isWrapper =
		entries.length === 1 && entries[0]?.[0] === variableRowName && Array.isArray(entries[0][1]);
	if (isWrapper) return given;
	return entries.map(([written, named]) => {
		// The way the template writes the variable: {{1}}.
		const parameterName = written.replace(/^\{\{\s*(\w+)\s*\}\}$/, '$1');
		return isObject(named) && isoOf(named) === null
			? { parameterName, ...named }
			: { parameterName, text: named };
	});
}

/** The parameters of a body component; null if the value is not one. */
function parametersOf(value: unknown): unknown[] | null {
	if (!isObject(value) || !Array.isArray(value['parameters'])) return null;
	const others = Object.keys(value).filter((name) => name !== 'parameters');
	const isBody = typeof value['type'] === 'string' && value['type'].toLowerCase() === 'body';
	return others.length === 0 || (others.length === 1 && isBody) ? value['parameters'] : null;
}

const isNumber = (name: string | undefined): boolean => /^[1-9]\d*$/.test(name ?? '');

/** Numbered variables go by position, so those named by number are put in that order. */
function inOrder(variables: Variable[]): Variable[] {
	if (variables.length === 0 || !variables.every(({ parameterName }) => isNumber(parameterName))) {
		return variables;
	}
	return variables
		.toSorted((a, b) => Number(a.parameterName) - Number(b.parameterName))
		.map((variable) => ({ ...variable, parameterName: undefined }));
}

/** Either all variables have names or none do, and each name is used once. */
function checkNames(variables: Variable[], problems: Problems): void {
	const seen = new Set<string>();
	const isNamed = variables.some(({ parameterName }) => parameterName !== undefined);
	if (!isNamed) return;
	for (const [index, { parameterName: name }] of variables.entries()) {
		if (name === undefined) {
			report(problems, [index, 'parameterName'], 'is empty, but other variables have a name');
			continue;
		}
		if (seen.has(name)) {
			report(
				problems,
				[index, 'parameterName'],
				`is used twice: "${name}"; each must be different`,
			);
		}
		seen.add(name);
	}
	checkNumbers(seen, problems);
}

/** Numbers start at 1, have no gaps, and do not mix with names. */
function checkNumbers(names: ReadonlySet<string>, problems: Problems): void {
	const numbers = [...names].filter(isNumber);
	if (numbers.length === 0) return;
	if (numbers.length < names.size) {
		const mixed = [...names].map((name) => `"${name}"`).join(', ');
		report(problems, [], `has numbers and names (${mixed}); a template has one or the other`);
		return;
	}
	for (let number = 1; number <= numbers.length; number++) {
		if (names.has(String(number))) continue;
		report(
			problems,
			[],
			`has no variable ${number}, but others up to ${Math.max(...numbers.map(Number))}`,
		);
		return;
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

/** The texts of variables, each with the path of its field. */
export function textsOfVariables(
	variables: readonly Variable[],
	path: readonly PropertyKey[],
): VariableText[] {
	return variables.flatMap(({ kind, value }, index) => {
		const text = kinds[kind]?.shownText(value);
		return text === undefined ? [] : [{ path: [...path, index, 'text'], text }];
	});
}
