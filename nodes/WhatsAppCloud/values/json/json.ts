import { z } from 'zod/v4';
import { describeInexact, isExact, parseExactJson } from './exactJson';
import { readParameter } from '../schema/reading';
import { type Problems, report, step } from '../schema/singleStep';
import { checkMembers } from '../members';
import { isoOf } from '../moment';
import { isNothing } from '../numbers';
import { readPlainJson } from './plainJson';
import { isObject } from '../unknown';
import { isBlank, kindOf } from '../words';

/**
 * An object or its JSON text, from a JSON field in the editor or an expression. Nothing and an
 * empty text become undefined. Its contents go to Meta unchanged.
 */
export const optionalJsonObject = step((value, context) => {
	const read = readJsonObject(value, 'a JSON object', context);
	if (read === null) return z.NEVER;
	return read && readPlainJson(read, context);
});

/**
 * Reads an object or its JSON text; undefined if there is none, null if it reported a problem.
 *
 * @param noun for errors: `an object with the parts of an address`
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
	report(problems, [], message, given instanceof SyntaxError ? 'noJson' : 'otherKind');
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
 * The filled-in entries of an editor collection, which may also be JSON text. Empty entries are
 * dropped. Only entries that are present are checked: an address or an order has many parts, most
 * of them unused.
 *
 * @param shape schemas of the entries, by name
 * @param noun for errors: `an object with the parts of an address`. Set it if users may also give
 *   the collection as JSON; members missing from `shape` are then reported.
 */
export function collectionOf<Shape extends Record<string, z.ZodType>>(shape: Shape, noun?: string) {
	type Entries = { [Key in keyof Shape]?: z.output<Shape[Key]> };
	const schemas = Object.entries<z.ZodType>(shape);
	return step((value, context): Entries => {
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
