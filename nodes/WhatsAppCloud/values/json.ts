import { z } from 'zod/v4';
import { readParameter } from './limits';
import { isNothing } from './numbers';
import { isObject } from './unknown';
import { isBlank, kindOf } from './words';

/**
 * An object given as such or as JSON text, as a JSON field of the editor or an expression gives
 * it. Nothing and an empty text come out as undefined.
 */
export const optionalJsonObject = z.transform((value: unknown, context) => {
	const read = readJson(value);
	if (read === undefined || isRead(read)) return read;
	context.issues.push({
		code: 'custom',
		message:
			read instanceof SyntaxError
				? `is no valid JSON: ${read.message}`
				: `must be an object, but is ${kindOf(read)}`,
		input: value,
	});
	return z.NEVER;
});

function readJson(value: unknown): unknown {
	if (value === undefined || value === null) return undefined;
	if (typeof value !== 'string') return value;
	if (isBlank(value)) return undefined;
	try {
		return JSON.parse(value) as unknown;
	} catch (error) {
		return error;
	}
}

/** An object, and not what `readJson` gives in its place. */
const isRead = (value: unknown): value is Record<string, unknown> =>
	isObject(value) && !(value instanceof SyntaxError);

/**
 * What is filled of a collection of the editor, also given as JSON text. Entries that are empty
 * are left out, and others than those of `shape`. Only what is there is looked at: an address or
 * an order has many parts, few of which are used.
 *
 * @param shape schemas of the entries, by their names
 * @param noun for an error: `an object with the parts of an address`
 */
export function collectionOf<Shape extends Record<string, z.ZodType>>(
	shape: Shape,
	noun = 'an object',
) {
	type Entries = { [Key in keyof Shape]?: z.output<Shape[Key]> };
	const schemas = Object.entries<z.ZodType>(shape);
	return z.transform((value: unknown, context): Entries => {
		const given = readJson(value) ?? {};
		if (!isRead(given)) {
			context.issues.push({
				code: 'custom',
				message:
					given instanceof SyntaxError
						? `is no valid JSON: ${given.message}`
						: `must be ${noun}, but is ${kindOf(given)}`,
				input: value,
			});
			return z.NEVER;
		}
		const entries: Record<string, unknown> = {};
		for (const [name, schema] of schemas) {
			if (!isNothing(given[name])) entries[name] = readParameter(schema, given, name, context);
		}
		return entries as Entries;
	});
}
