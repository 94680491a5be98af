import { z } from 'zod/v4';
import { readParameter, type Problems } from './limits';
import { isNothing } from './numbers';
import { isObject } from './unknown';
import { kindOf, quoted } from './words';

export type { Problems };

/** The values of a message, or of one row of a list, by their parameter names. */
export type Values = Record<string, unknown>;

/**
 * The schema of a row, or of all values of a message, that a function reads: its problems carry the
 * row's place in the list. One step, because a list of cards has hundreds of them.
 *
 * @param read gives the row checked; what it returns does not count where it reported a problem
 * @param fromScalar makes a row of a text or number that stands for one; without it, only objects pass
 */
export function rowOf<Row>(
	read: (values: Values, problems: Problems) => Row,
	fromScalar?: (scalar: string | number) => Values,
) {
	return z.transform((value: unknown, context): Row => {
		const isScalar = typeof value === 'string' || typeof value === 'number';
		const row = isScalar && fromScalar !== undefined ? fromScalar(value) : value;
		if (isObject(row)) return read(row, context);
		report(context, [], noObject(value));
		return z.NEVER;
	});
}

/** The schema of a row whose values do not depend on each other. */
export const rowWith = <Shape extends z.ZodRawShape>(shape: Shape) =>
	z.object(shape, { error: ({ input }) => noObject(input) });

const noObject = (value: unknown): string =>
	value === undefined ? 'is required' : `must be an object, but is ${kindOf(value)}`;

/** Checks a parameter that may be left out; one that is empty is not looked at. */
export function readOptional<Schema extends z.ZodType>(
	schema: Schema,
	values: Values,
	name: string,
	problems: Problems,
): z.output<Schema> | undefined {
	return isNothing(values[name]) ? undefined : readParameter(schema, values, name, problems);
}

/**
 * Reports a problem of one value. `message` completes the sentence that begins with its label.
 *
 * @returns null, which readers give where there is nothing to go on with
 */
export function report(problems: Problems, path: PropertyKey[], message: string): null {
	problems.issues.push({ code: 'custom', path, message, input: undefined });
	return null;
}

/** A value the way a user recognises it in an error. */
export function shown(value: unknown): string {
	if (typeof value === 'string') return quoted(value);
	return typeof value === 'number' ? String(value) : kindOf(value);
}
