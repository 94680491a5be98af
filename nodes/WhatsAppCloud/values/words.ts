import type { z } from 'zod/v4';

/**
 * Only white space and invisible characters: zero-width spaces and joiners, direction marks,
 * fillers. WhatsApp shows such a text as empty, and Meta rejects it.
 */
const invisible = /^[\s\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]*$/u;

/** Whether a text has no visible characters. */
export function isBlank(text: string): boolean {
	const first = text.charCodeAt(0);
	// A fast path: this runs for every text, and nearly all begin with a plain character.
	return first > 0x20 && first < 0x7f ? false : invisible.test(text);
}

/** A text in a form users recognise in an error. */
export function quoted(text: string): string {
	return `"${text.length > 40 ? `${text.slice(0, 40)}…` : text}"`;
}

/** Tells the user what came instead of the expected value. */
export function kindOf(value: unknown): string {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'a list';
	if (value instanceof Date) return 'a date that does not exist';
	if (typeof value === 'object') return 'an object';
	if (typeof value === 'string') return isBlank(value) ? 'empty' : `the text ${quoted(value)}`;
	if (typeof value === 'number') return Number.isNaN(value) ? 'NaN' : `the number ${value}`;
	if (typeof value === 'boolean') return `the boolean ${String(value)}`;
	return value === undefined ? 'nothing' : `a ${typeof value}`;
}

/** Our words for zod's types. */
const nouns: Record<string, string> = {
	array: 'a list',
	boolean: 'true or false',
	date: 'a time',
	int: 'a whole number',
	number: 'a number',
	object: 'an object',
	record: 'an object',
	string: 'text',
};

/** What is wrong with a value, as far as the advice depends on it. */
export type Fault =
	| 'missing'
	| 'otherKind'
	| 'otherForm'
	| 'noJson'
	| 'noChoice'
	| 'unknownName'
	| 'tooLong'
	| 'tooMany'
	| 'tooFew'
	| 'tooLarge'
	| 'tooSmall'
	| 'bothGiven';

/** What is wrong, as the schema reported it; undefined if only its message says so. */
export function faultOf(issue: z.core.$ZodIssue): Fault | undefined {
	switch (issue.code) {
		case 'custom':
			return issue.params?.['fault'] as Fault | undefined;
		case 'invalid_type':
			return issue.input === undefined ? 'missing' : 'otherKind';
		case 'invalid_value':
			return 'noChoice';
		case 'too_small':
			return 'tooSmall';
		case 'too_big':
			return 'tooLarge';
		default:
			return undefined;
	}
}

/**
 * The message for an issue whose schema has none of its own, so that users never see zod's texts.
 */
function describeIssue(issue: z.core.$ZodRawIssue): string {
	switch (issue.code) {
		case 'invalid_type':
			return issue.input === undefined
				? 'is required'
				: `must be ${nouns[issue.expected] ?? issue.expected}, but is ${kindOf(issue.input)}`;
		case 'invalid_value':
			return `must be one of ${issue.values.join(', ')}`;
		case 'too_small':
			return `must be at least ${issue.minimum}`;
		case 'too_big':
			return `can be at most ${issue.maximum}`;
		default:
			return 'cannot be used';
	}
}

/** How every value is parsed: users never see zod's texts, and {@link faultOf} sees the value. */
export const parsing = { error: describeIssue, reportInput: true };
