import { isObject, listIn, objectOf } from '../../../values/unknown';
import { isBlank } from '../../../values/words';
import type { Complain } from '../place';

/** Meta's member for the examples of a text, in both formats of variables. */
const memberOf = (part: 'header' | 'body', isNamed: boolean): string =>
	isNamed ? `${part}_text_named_params` : `${part}_text`;

/**
 * Checks that each variable of a text has an example.
 *
 * @param example the component's `example`
 */
export function checkExamples(
	part: 'header' | 'body',
	names: readonly string[],
	isNamed: boolean,
	example: unknown,
	complain: Complain,
): void {
	if (names.length === 0) return;
	const given = objectOf(example)[memberOf(part, isNamed)];
	const values = isNamed ? byName(given) : byNumber(given);
	for (const name of names) {
		const value = values.get(name);
		if (typeof value === 'string' && !isBlank(value)) continue;
		complain(
			['example'],
			`lacks a value for {{${name}}}`,
			'Enter a realistic one for each variable; Meta refuses a template without it.',
		);
	}
	const surplus = [...values.keys()].find((name) => !names.includes(name));
	if (surplus !== undefined) {
		complain(
			['example'],
			`has a value for {{${surplus}}}, which the text does not have`,
			'Remove it, or put the variable into the text.',
		);
	}
}

/** `[["Ada", "1001"]]` or, as some of Meta's pages have it, `["Ada", "1001"]`. */
function byNumber(given: unknown): Map<string, unknown> {
	const outer = listIn(given);
	const values = Array.isArray(outer[0]) ? listIn(outer[0]) : outer;
	return new Map(values.map((value, index) => [String(index + 1), value]));
}

function byName(given: unknown): Map<string, unknown> {
	return new Map(
		listIn(given)
			.filter(isObject)
			.map(({ param_name: name, example }) => [String(name), example]),
	);
}
