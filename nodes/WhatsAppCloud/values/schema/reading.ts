import { z } from 'zod/v4';
import { describeInexact, isExact } from '../json/exactJson';
import { checkLength } from '../limits';
import { isoOf } from '../moment';
import { faultOf, isBlank, kindOf, parsing } from '../words';
import { readOf, report, step, type Problems } from './singleStep';

/**
 * Reads whatever an expression may return for a text field: a number becomes its digits, a moment
 * its ISO text. Undefined if it reported a problem.
 *
 * @param path the value's path, relative to `problems`
 */
export function readText(
	value: unknown,
	problems: Problems,
	path: PropertyKey[] = [],
): string | undefined {
	if (typeof value === 'string') return value;
	if (typeof value === 'bigint') return String(value);
	if (typeof value === 'number' && isExact(value)) return String(value);
	const moment = isoOf(value);
	if (moment !== null) return moment;
	const isMissing = value === undefined || value === null;
	report(problems, path, describeNoText(value), isMissing ? 'missing' : 'otherKind');
	return undefined;
}

/** "NaN" or "Infinity" in a message comes from a failed computation. */
function describeNoText(value: unknown): string {
	if (value === undefined || value === null) return 'is required';
	const isLong = typeof value === 'number' && Number.isFinite(value);
	return isLong ? describeInexact(value) : `must be text, but is ${kindOf(value)}`;
}

/**
 * A text, possibly empty. A single step, like every schema of a single value: one message may have
 * hundreds.
 */
export const textual = step((value, context) => readText(value, context) ?? z.NEVER);

/**
 * A required text.
 *
 * @param max in characters as Meta counts them
 * @param mend what becomes of a text that is right
 */
export function requiredText(max: number, mend: (text: string) => string = asItIs) {
	return step((value, context) => {
		const text = readText(value, context);
		if (text === undefined) return z.NEVER;
		if (isBlank(text)) {
			report(context, [], 'is empty', 'missing');
		}
		checkLength(text, max, context);
		return mend(text);
	});
}

const asItIs = (text: string): string => text;

/** The same, or undefined for one that is empty or absent. */
export function optionalText(max: number, mend: (text: string) => string = asItIs) {
	return step((value, context) => {
		const text = readText(value ?? '', context);
		if (text === undefined) return z.NEVER;
		checkLength(text, max, context);
		return isBlank(text) ? undefined : mend(text);
	});
}

/** Checks one parameter on its own and reports its problems under its name. */
export function readParameter<Schema extends z.ZodType>(
	schema: Schema,
	values: Record<string, unknown>,
	name: string,
	problems: Problems,
): z.output<Schema> | undefined {
	return readAt(schema, values[name], [name], problems);
}

/** Checks the value at `path`. Undefined if it reported a problem. */
export function readAt<Schema extends z.ZodType>(
	schema: Schema,
	value: unknown,
	path: PropertyKey[],
	problems: Problems,
): z.output<Schema> | undefined {
	const read = readOf(schema);
	if (read !== undefined) {
		const own: Problems = { issues: [] };
		const output = read(value, own);
		if (own.issues.length === 0) return output;
		for (const issue of own.issues) {
			const { message = 'cannot be used', path: inside = [] } = issue;
			const params = issue.code === 'custom' ? issue.params : undefined;
			problems.issues.push(reported([...path, ...inside], message, value, params));
		}
		return undefined;
	}
	const parsed = schema.safeParse(value, parsing);
	if (parsed.success) return parsed.data;
	for (const issue of parsed.error.issues) {
		const params = issue.code === 'custom' ? issue.params : { fault: faultOf(issue) };
		problems.issues.push(reported([...path, ...issue.path], issue.message, value, params));
	}
	return undefined;
}

const reported = (
	path: PropertyKey[],
	message: string,
	input: unknown,
	params: Record<string, unknown> | undefined,
): z.core.$ZodRawIssue => ({
	code: 'custom',
	path,
	message,
	input,
	...(params === undefined ? {} : { params }),
});
