import { z } from 'zod/v4';
import { describeInexact, isExact, parseExactJson } from './json/exactJson';
import { formatNumber } from './limits';
import { readAt, readText } from './schema/reading';
import { isNothing } from './numbers';
import { report, type Problems } from './row';
import { reasonOf } from './unknown';
import { isBlank, kindOf, quoted } from './words';
import { step } from './schema/singleStep';

/**
 * A list in any form: the editor's rows (`{button: [{…}]}`), a list, JSON text of a list, or a
 * single object as a list of one.
 *
 * @param row schema of a row; its problems carry the row's number
 * @param limits how many rows are allowed; `max` may be infinite
 * @param rowName the editor's name for a row. Required if rows themselves hold a list, so that a
 *   single row (`{rows: […]}`) is not mistaken for the editor's wrapper.
 */
export function listOf<Row extends z.ZodType>(
	row: Row,
	limits: { min: number; max: number },
	rowName?: string,
) {
	return step((value, context): z.output<Row>[] => {
		const list = toList(value, rowName);
		if (!Array.isArray(list)) {
			report(context, [], describeNoList(list), list instanceof NoJson ? 'noJson' : 'otherKind');
			return z.NEVER;
		}
		const rows = list.map((entry: unknown, index) => readAt(row, entry, [index], context));
		checkSize(list.length, limits, context);
		// If a row is missing here, its problem has already been reported.
		return rows as z.output<Row>[];
	});
}

/**
 * Several choices, as a multi-select field holds them, or as one text with separators, which an
 * expression or a model may give: `PAUSED, APPROVED`.
 */
export const choiceList = <Choice extends z.ZodType>(
	choice: Choice,
	limits = { min: 0, max: Infinity },
) => z.preprocess(entriesOf, listOf(choice, limits));

/** JSON has brackets, which no choice has. */
const entriesOf = (value: unknown): unknown =>
	typeof value === 'string' && !/^\s*[[{]/.test(value) ? entriesIn(value, listSeparators) : value;

const listSeparators = /[,;\n]/;

const entriesIn = (text: string, separators: RegExp): string[] =>
	text
		.split(separators)
		.map((entry) => entry.trim())
		.filter((entry) => entry !== '');

/** Reports a list with too few or too many entries. */
export function checkSize(
	size: number,
	{ min, max }: { min: number; max: number },
	problems: Problems,
	path: PropertyKey[] = [],
): void {
	if (size < min && min === 1) report(problems, path, 'is empty', 'missing');
	else if (size < min) {
		report(problems, path, `needs at least ${min} entries, but has ${size}`, 'tooFew');
	} else if (size > max) {
		const [most, given] = [formatNumber(max), formatNumber(size)];
		report(problems, path, `can have at most ${most} entries, but has ${given}`, 'tooMany');
	}
}

/** Unreadable JSON, as opposed to a text that is itself the value. */
class NoJson {
	readonly reason: string;

	constructor(reason: string) {
		this.reason = reason;
	}
}

function toList(value: unknown, rowName: string | undefined): unknown {
	if (value === undefined || value === null) return [];
	if (typeof value === 'string') return isBlank(value) ? [] : fromJson(value, rowName);
	if (Array.isArray(value) || typeof value !== 'object') return value;
	const entries: [string, unknown][] = Object.entries(value);
	const [first] = entries;
	if (first === undefined) return [];
	// The editor wraps the rows in an object whose only key is the row's name.
	const [key, rows] = first;
	const isWrapper =
		entries.length === 1 && Array.isArray(rows) && (rowName === undefined || key === rowName);
	return isWrapper ? rows : [value];
}

function fromJson(text: string, rowName: string | undefined): unknown {
	try {
		const value = parseExactJson(text);
		// JSON that is just a string is no list, unless a list was encoded as JSON twice.
		const isText = typeof value === 'string' && !/^\s*[[{]/.test(value);
		return isText ? value : toList(value, rowName);
	} catch (error) {
		return new NoJson(reasonOf(error));
	}
}

function describeNoList(input: unknown): string {
	if (input instanceof NoJson) return `is no valid JSON: ${input.reason}`;
	if (typeof input === 'number' && !isExact(input)) return describeInexact(input);
	return `must be a list, but is ${kindOf(input)}`;
}

/** Reports each duplicate value in a list, at its later occurrence. */
export function checkUnique<Row>(
	context: z.core.ParsePayload<Row[]>,
	key: Extract<keyof Row, string>,
): void {
	const seen = new Set<unknown>();
	context.value.forEach((row, index) => {
		const given = row[key];
		if (given === undefined) return;
		// WhatsApp trims displayed texts, and Meta rejects spaces around IDs.
		const value = typeof given === 'string' ? given.trim() : given;
		if (seen.has(value)) {
			report(context, [index, key], `is used twice: "${String(value)}"; each must be different`);
		}
		seen.add(value);
	});
}

/**
 * Several short texts: a list, or one text with separators, as an expression may return it. They
 * are trimmed, and empty ones dropped.
 *
 * @param separators by default, commas, semicolons and line breaks
 */
export const textList = (separators = listSeparators) =>
	step((value, context): string[] => {
		const given: readonly unknown[] = Array.isArray(value) ? value : [value];
		return given
			.filter((entry) => !isNothing(entry))
			.flatMap((entry) => entriesIn(readText(entry, context) ?? '', separators));
	});

/**
 * The same, with texts of one form.
 *
 * @param read returns null for a text of another form
 * @param problem completes the sentence `"Countries" has "Mars", which …`
 */
export const textListOf = (read: (text: string) => string | null, problem: string) =>
	textList().transform((texts, context) =>
		texts.map((text) => {
			const entry = read(text);
			if (entry === null) report(context, [], `has ${quoted(text)}, which ${problem}`);
			return entry ?? '';
		}),
	);
