import { z } from 'zod/v4';
import { readAt, readParameter, type Problems } from './limits';
import { checkMembers } from './members';
import { isoOf } from './moment';
import { isNothing } from './numbers';
import { isObject } from './unknown';
import { kindOf, quoted } from './words';

export type { Problems };

/** The values of a message, or of one row of a list, by their parameter names. */
export type Values = Record<string, unknown>;

/** The other forms that a row may have, besides an object with the names of its fields. */
interface RowForms {
	/** Names of all members that are read; others are reported. Without it, none is. */
	members?: readonly string[];
	/** Makes a row of a text or number that stands for one; without it, only objects pass. */
	fromScalar?: (scalar: string | number) => Values;
	/** Makes a row of what Meta's own JSON has in its place; leaves members that it does not know. */
	fromMeta?: (row: Values) => Values;
}

/**
 * The schema of a row, or of all values of a message, that a function reads: its problems carry the
 * row's place in the list. One step, because a list of cards has hundreds of them.
 *
 * @param read returns the checked row; its result is ignored if it reported a problem
 */
export function rowOf<Row>(
	read: (values: Values, problems: Problems) => Row,
	{ members, fromScalar, fromMeta }: RowForms = {},
) {
	return z.transform((value: unknown, context): Row => {
		const given = isoOf(value) ?? value;
		const isScalar = typeof given === 'string' || typeof given === 'number';
		const row = isScalar && fromScalar !== undefined ? fromScalar(given) : given;
		if (!isObject(row)) {
			report(context, [], noObject(given, fromScalar !== undefined));
			return z.NEVER;
		}
		const own = fromMeta?.(row) ?? row;
		if (members !== undefined) checkMembers(own, members, context);
		return read(own, context);
	});
}

/** The schema of a row whose values do not depend on each other. */
export function rowWith<Shape extends z.ZodRawShape>(
	shape: Shape,
	forms: Omit<RowForms, 'members'> = {},
) {
	const schema = z.object(shape);
	return rowOf(
		(row, problems): z.output<typeof schema> => readAt(schema, row, [], problems) ?? z.NEVER,
		{ ...forms, members: Object.keys(shape) },
	);
}

function noObject(value: unknown, mayBeText: boolean): string {
	if (value === undefined) return 'is required';
	return `must be ${mayBeText ? 'a text or an object' : 'an object'}, but is ${kindOf(value)}`;
}

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
 * @returns null, for readers to return in turn
 */
export function report(problems: Problems, path: PropertyKey[], message: string): null {
	problems.issues.push({ code: 'custom', path, message, input: undefined });
	return null;
}

/** A value as a user recognises it in an error. */
export function shown(value: unknown): string {
	if (typeof value === 'string') return quoted(value);
	return typeof value === 'number' ? String(value) : kindOf(value);
}
