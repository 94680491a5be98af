import { z } from 'zod/v4';
import { kindOf } from './limits';

/** The values of a message, or of one row of a list, by their parameter names. */
export type Values = Record<string, unknown>;

/** Where problems of values are reported, with paths that begin at those values. */
export type Problems = Pick<z.core.ParsePayload, 'issues'>;

/** An object, with a problem in the user's words where something else came. */
export const objectSchema = z.record(z.string(), z.unknown(), {
	error: ({ input }) =>
		input === undefined ? 'is required' : `must be an object, but is ${kindOf(input)}`,
});

/**
 * The schema of a row that a function reads: its problems carry the row's place in the list.
 *
 * @param read gives the row checked; what it returns does not count where it reported a problem
 * @param fromScalar makes a row of a text or number that stands for one; without it, only objects pass
 */
export function rowOf<Row>(
	read: (values: Values, problems: Problems) => Row,
	fromScalar?: (scalar: string | number) => Values,
) {
	const isScalar = (value: unknown): value is string | number =>
		typeof value === 'string' || typeof value === 'number';
	return z
		.preprocess(
			(value) => (fromScalar !== undefined && isScalar(value) ? fromScalar(value) : value),
			objectSchema,
		)
		.transform((values, context): Row => read(values, context));
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
	if (typeof value === 'string') return `"${value.length > 40 ? `${value.slice(0, 40)}…` : value}"`;
	return typeof value === 'number' ? String(value) : kindOf(value);
}
