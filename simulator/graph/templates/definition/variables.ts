import { templateError } from '../../../errors/graph-error.ts';
import type { JsonObject } from '../../../json.ts';
import { asList, asObject, asText } from '../../../json.ts';
import { placeholdersOf } from '../../../messages/template/parameters.ts';
import { missingField, typeOf } from './fields.ts';

/** Fewest words per variable, of which one more is needed in all. */
const wordsPerVariable = 3;

/** What is wrong with the format of a text's variables, in the subcode of its component. */
const wrongVariables =
	'This template contains variable parameters with incorrect formatting. Variable parameters must be whole numbers with two sets of curly brackets (for example, {{1}}, {{2}}).';
const wrongNames =
	'This template contains variable parameters with incorrect formatting. Variable parameters must be lowercase letters, underscores and numbers with two sets of curly brackets (for example, {{customer_name}}).';

/**
 * The variables of a text, each once, in the order of their numbers or as they appear.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/overview#parameter-formats
 * @param subcode of errors about their format
 * @throws GraphError with the subcode for brackets, numbers with gaps, or names in capitals
 */
export function readVariables(text: string, isNamed: boolean, subcode: number): string[] {
	const names = placeholdersOf(text);
	const rest = text.replace(/\{\{\w+\}\}/g, '');
	const areFine = isNamed
		? names.every((name) => /^[a-z_][a-z0-9_]*$/.test(name))
		: names.every((_name, index) => names.includes(String(index + 1)));
	if (!areFine || rest.includes('{{') || rest.includes('}}')) {
		throw templateError(subcode, isNamed ? wrongNames : wrongVariables);
	}
	return isNamed ? names : names.sort((a, b) => Number(a) - Number(b));
}

/**
 * Where variables must not stand, and how many fit a text.
 * @throws GraphError 2388299 at its start or end, 2388072 side by side, 2388293 for too many
 */
export function checkPlaces(text: string, names: readonly string[]): void {
	if (/^\s*\{\{\w+\}\}|\{\{\w+\}\}\s*$/.test(text)) {
		throw templateError(2388299, "Variables can't be at the start or end of the template.");
	}
	if (/\}\}\s*\{\{/.test(text)) {
		throw templateError(2388072, "Variables can't stand next to each other without text between.");
	}
	const words = text.trim().split(/\s+/).length;
	if (names.length > 0 && words < names.length * wordsPerVariable + 1) {
		throw templateError(
			2388293,
			'This template has too many variables for its length. Reduce the number of variables or increase the message length.',
		);
	}
}

/**
 * The example values that a component needs for its variables: `header_text` or `body_text`, with
 * `_named_params` for names.
 * @throws GraphError 2388043 if one is missing
 */
export function checkExamples(
	component: JsonObject,
	names: readonly string[],
	isNamed: boolean,
): void {
	if (names.length === 0) return;
	const type = typeOf(component);
	const member = type === 'HEADER' ? 'header_text' : 'body_text';
	const example = asObject(component['example']);
	const given = isNamed
		? namedExamples(asList(example?.[`${member}_named_params`]))
		: numberedExamples(asList(example?.[member]));
	const missing = names.filter((name) => given.get(name) === undefined);
	if (missing.length > 0 || given.size !== names.length) throw missingField(type, 'example');
}

function namedExamples(list: readonly unknown[]): Map<string, string> {
	return new Map(
		list.flatMap((entry) => {
			const { param_name: name, example } = asObject(entry) ?? {};
			const [key, value] = [asText(name), asText(example)];
			return key === undefined || value === undefined ? [] : [[key, value] as const];
		}),
	);
}

/** One set of values, in a list of its own as in Meta's examples, or as the list itself. */
function numberedExamples(list: readonly unknown[]): Map<string, string> {
	const values = Array.isArray(list[0]) ? asList(list[0]) : list;
	return new Map(
		values.flatMap((entry, index) => {
			const value = asText(entry);
			return value === undefined ? [] : [[String(index + 1), value] as const];
		}),
	);
}
