import { isExact } from '../values/json/exactJson';

/** Evaluates one expression, such as `{{ $json.id }}`, for the current item. */
type Evaluate = (expression: string) => unknown;

/** A text without a match contains no number that is too long. */
const longNumber = /\d{16}|\de\+\d/i;

const expressions = /\{\{[^]*?\}\}/g;

/**
 * Returns the value from n8n's engine, unless an expression put a number that lost digits into a
 * text, where nobody would notice: alone, as part of a longer expression, or within JSON. In that
 * case it returns the number alone, which the field's check rejects.
 *
 * @param stored the parameter as stored in the workflow
 * @param value what n8n's engine evaluated it to
 */
export function withLostDigits(stored: unknown, value: unknown, evaluate: Evaluate): unknown {
	if (typeof stored === 'string') {
		const isSuspect = stored.startsWith('=') && typeof value === 'string' && longNumber.test(value);
		return isSuspect ? (lostNumberIn(stored, value, evaluate) ?? value) : value;
	}
	if (!isTree(stored) || !isTree(value) || '__rl' in stored) return value;
	const members = Object.entries(value).map(([name, member]): [string, unknown] => [
		name,
		withLostDigits(stored[name], member, evaluate),
	]);
	return Array.isArray(value) ? members.map(([, member]) => member) : Object.fromEntries(members);
}

function lostNumberIn(stored: string, text: string, evaluate: Evaluate): number | undefined {
	for (const [expression] of stored.matchAll(expressions)) {
		const value = valueOf(expression, evaluate);
		if (typeof value === 'number' && !isExact(value)) return value;
		for (const [reference] of expression.matchAll(references)) {
			const lost = lostNumberAt(reference, text, evaluate);
			if (lost !== undefined) return lost;
		}
	}
	return undefined;
}

const argument = /"[^"]*"|'[^']*'|\d*/.source;

/** What reads data within a longer expression: `$json.id`, `$('Order').first().json["id"]`. */
const references = new RegExp(
	`\\$(?:[A-Za-z]\\w*|(?=\\())(?:\\??\\.\\w+|\\[(?:${argument})\\]|\\((?:${argument})\\))*`,
	'g',
);

/** The last step of a reference: a member, or a call with its name. */
const lastStep = /(?:\??\.\w+)?\([^()]*\)$|\??\.\w+$|\[[^[\]]*\]$/;

/** The number that lost digits, if what a reference reads holds one that stands in the text. */
function lostNumberAt(reference: string, text: string, evaluate: Evaluate): number | undefined {
	// `$json.id.toString()` is a text, and what it is called on shows the number.
	for (let read = reference; read.length > 1; read = read.replace(lastStep, '')) {
		const value = valueOf(`{{ ${read} }}`, evaluate);
		if (typeof value === 'number' || (typeof value === 'object' && value !== null)) {
			return lostNumberWithin(value, text, 0);
		}
		const isReadAsIs = typeof value === 'string' && !read.endsWith(')');
		if (isReadAsIs || !lastStep.test(read)) return undefined;
	}
	return undefined;
}

/** Deeper data does not get into a text by an expression that anybody writes. */
const maxDepth = 8;

function lostNumberWithin(value: unknown, text: string, depth: number): number | undefined {
	if (typeof value === 'number') {
		return !isExact(value) && standsIn(String(value), text) ? value : undefined;
	}
	if (typeof value !== 'object' || value === null || depth > maxDepth) return undefined;
	for (const member of Object.values(value)) {
		const lost = lostNumberWithin(member, text, depth + 1);
		if (lost !== undefined) return lost;
	}
	return undefined;
}

/** Whether a text holds a number, and not just a longer one with the same digits. */
function standsIn(digits: string, text: string): boolean {
	for (let at = text.indexOf(digits); at !== -1; at = text.indexOf(digits, at + 1)) {
		if (!/\d/.test(`${text[at - 1] ?? ''}${text[at + digits.length] ?? ''}`)) return true;
	}
	return false;
}

/** The whole text evaluated fine before; a failure here means it was cut at braces in a string. */
function valueOf(expression: string, evaluate: Evaluate): unknown {
	try {
		return evaluate(expression);
	} catch {
		return undefined;
	}
}

/** Lists and plain objects; a date or a file has no stored members. */
const isTree = (value: unknown): value is Record<string, unknown> =>
	Array.isArray(value) ||
	(typeof value === 'object' &&
		value !== null &&
		Object.getPrototypeOf(value) === Object.prototype);
