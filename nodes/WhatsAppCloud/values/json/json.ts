import { z } from 'zod/v4';
import { describeInexact, isExact, parseExactJson } from './exactJson';
import { readParameter, type Problems } from '../limits';
import { checkMembers } from '../members';
import { isoOf } from '../moment';
import { isNothing } from '../numbers';
import { readPlainJson } from './plainJson';
import { isObject } from '../unknown';
import { isBlank, kindOf } from '../words';

/**
 * An object given as such or as JSON text, as a JSON field of the editor or an expression gives
 * it. Nothing and an empty text come out as undefined. What is in it goes to Meta as it is.
 */
export const optionalJsonObject = z.transform((value: unknown, context) => {
	const read = readJsonObject(value, 'a JSON object', context);
	if (read === null) return z.NEVER;
	return read && readPlainJson(read, context);
});

/**
 * An object, also given as JSON text; undefined where there is none, null where a problem was
 * reported.
 *
 * @param noun for an error: `an object with the parts of an address`
 */
function readJsonObject(
	value: unknown,
	noun: string,
	problems: Problems,
): Record<string, unknown> | null | undefined {
	const given = readJson(value);
	if (given === undefined) return undefined;
	if (isObject(given) && !(given instanceof SyntaxError)) return given;
	const message =
		given instanceof SyntaxError
			? `is no valid JSON: ${given.message}`
			: typeof given === 'number' && !isExact(given)
				? describeInexact(given)
				: `must be ${noun}, but is ${kindOf(given)}`;
	problems.issues.push({ code: 'custom', path: [], message, input: value });
	return null;
}

function readJson(value: unknown): unknown {
	if (value === undefined || value === null) return undefined;
	if (typeof value !== 'string') return isoOf(value) ?? value;
	if (isBlank(value)) return undefined;
	try {
		return parseExactJson(value);
	} catch (error) {
		return error;
	}
}

/**
 * What is filled of a collection of the editor, also given as JSON text. Entries that are empty
 * are left out. Only what is there is looked at: an address or an order has many parts, few of
 * which are used.
 *
 * @param shape schemas of the entries, by their names
 * @param noun for an error: `an object with the parts of an address`. With it the collection is one
 *   that users give as JSON, too, and a member that `shape` does not have is reported.
 */
export function collectionOf<Shape extends Record<string, z.ZodType>>(shape: Shape, noun?: string) {
	type Entries = { [Key in keyof Shape]?: z.output<Shape[Key]> };
	const schemas = Object.entries<z.ZodType>(shape);
	return z.transform((value: unknown, context): Entries => {
		const given = readJsonObject(value, noun ?? 'an object', context);
		if (given === null) return z.NEVER;
		const entries: Record<string, unknown> = {};
		if (given === undefined) return entries as Entries;
		if (noun !== undefined) checkMembers(given, Object.keys(shape), context);
		for (const [name, schema] of schemas) {
			if (!isNothing(given[name])) entries[name] = readParameter(schema, given, name, context);
		}
		return entries as Entries;
	});
}
