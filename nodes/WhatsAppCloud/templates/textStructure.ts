import { isObject, listIn, objectOf } from '../values/unknown';
import { variablesIn } from './variables';

/** A text of a template with its variables, in their order. */
export interface TextStructure {
	text: string;
	variables: VariableStructure[];
}

/** A variable of a text. */
export interface VariableStructure {
	/** Its name or number, without braces. */
	name: string;
	/** The value that Meta reviewed the template with; null if it has none. */
	example: string | null;
}

/**
 * A text with its variables and Meta's examples for them.
 *
 * @param example `example` of the component
 * @param of which component it is; Meta's names of the examples begin with it
 */
export function textStructure(
	text: string,
	example: unknown,
	of: 'header' | 'body',
): TextStructure {
	const given = objectOf(example);
	const byName = examplesByName(given[`${of}_text_named_params`]);
	const byPlace = examplesByPlace(given[`${of}_text`]);
	return {
		text,
		variables: variablesIn(text).map((name, place) => ({
			name,
			example: byName.get(name) ?? byPlace[place] ?? null,
		})),
	};
}

/** `[{param_name, example}]` */
function examplesByName(given: unknown): ReadonlyMap<string, string> {
	const rows = listIn(given).filter(isObject);
	return new Map(
		rows.map(({ param_name: name, example }) => [textOf(name), textOf(example)] as const),
	);
}

/** `["Summer"]` for a header, `[["Ada", "1001"]]` for a body. */
const examplesByPlace = (given: unknown): string[] => listIn(given).flat().map(textOf);

/** Meta's texts, some of which it writes as numbers. */
export function textOf(value: unknown): string {
	if (typeof value === 'string') return value;
	return typeof value === 'number' ? String(value) : '';
}
