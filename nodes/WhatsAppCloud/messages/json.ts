import { z } from 'zod/v4';
import { kindOf } from './limits';

/**
 * An object given as such or as JSON text, as a JSON field of the editor or an expression gives
 * it. Nothing and an empty text come out as undefined.
 */
export const optionalJsonObject = z.unknown().transform((value, context) => {
	const read = readJson(value);
	if (read === undefined || isObject(read)) return read;
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
	if (value.trim() === '') return undefined;
	try {
		return JSON.parse(value) as unknown;
	} catch (error) {
		return error;
	}
}

function isObject(value: unknown): value is Record<string, unknown> {
	return (
		typeof value === 'object' &&
		value !== null &&
		!Array.isArray(value) &&
		!(value instanceof SyntaxError)
	);
}

/** The entries of a collection of the editor; nothing is an empty collection, JSON text is read. */
export function collectionOf<Entries extends z.ZodType>(entries: Entries) {
	return z.preprocess((value) => readJson(value) ?? {}, entries);
}
