import { z } from 'zod/v4';
import { readAt, readParameter } from './schema/reading';
import { type Problems, report, step } from './schema/singleStep';
import { checkMembers } from './members';
import { isoOf } from './moment';
import { isNothing } from './numbers';
import { isObject } from './unknown';
import { kindOf, quoted } from './words';

export { report, type Problems };

/** The values of a message, or of one row of a list, by parameter name. */
export type Values = Record<string, unknown>;

/** Other forms a row may take, besides an object with the names of its fields. */
interface RowForms {
	/** Names of the members that are read; any others are reported. If omitted, none are. */
	members?: readonly string[];
	/** Turns a text or number that stands for a row into one; if omitted, only objects pass. */
	fromScalar?: (scalar: string | number) => Values;
	/** Turns Meta's own JSON into a row; keeps members it does not know. */
	fromMeta?: (row: Values) => Values;
}

/**
 * The schema of a row, or of all values of a message, that a function reads. Its problems carry the
 * row's position in the list. A single step, because a list of cards has hundreds of them.
 *
 * @param read returns the checked row; the result is ignored if it reported a problem
 */
export function rowOf<Row>(
	read: (values: Values, problems: Problems) => Row,
	{ members, fromScalar, fromMeta }: RowForms = {},
) {
	return step((value, context): Row => {
		const given = isoOf(value) ?? value;
		const isScalar = typeof given === 'string' || typeof given === 'number';
		const row = isScalar && fromScalar !== undefined ? fromScalar(given) : given;
		if (!isObject(row)) {
			const fault = given === undefined ? 'missing' : 'otherKind';
			report(context, [], noObject(given, fromScalar !== undefined), fault);
			return z.NEVER;
		}
		const own = fromMeta?.(row) ?? row;
		if (members !== undefined) checkMembers(own, members, context);
		return read(own, context);
	});
}

/** The schema of a row whose values are independent of each other. */
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

/** Checks an optional parameter; skips it if empty. */
export function readOptional<Schema extends z.ZodType>(
	schema: Schema,
	values: Values,
	name: string,
	problems: Problems,
): z.output<Schema> | undefined {
	return isNothing(values[name]) ? undefined : readParameter(schema, values, name, problems);
}

/** A value in a form users recognise in an error. */
export function shown(value: unknown): string {
	if (typeof value === 'string') return quoted(value);
	return typeof value === 'number' ? String(value) : kindOf(value);
}
