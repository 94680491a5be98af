import type { z } from 'zod/v4';

/**
 * White space and invisible characters: zero-width spaces and joiners, marks of
 * direction, fillers. WhatsApp shows such a text as empty, and Meta refuses it.
 */
const invisible = /^[\s\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]*$/u;

/** Whether nothing of the text is visible. */
export function isBlank(text: string): boolean {
	const first = text.charCodeAt(0);
	// Called for every text of every message, and nearly all begin with a plain character.
	return first > 0x20 && first < 0x7f ? false : invisible.test(text);
}

/** A text as a user recognises it in an error. */
export function quoted(text: string): string {
	return `"${text.length > 40 ? `${text.slice(0, 40)}…` : text}"`;
}

/** Describes for the user what came instead of the expected value. */
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

/** What zod calls the kinds of values. */
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

/**
 * The message of an issue whose schema has none of its own, so that users never see zod's texts.
 * Passed to each parse as its `error`.
 */
export function describeIssue(issue: z.core.$ZodRawIssue): string {
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
