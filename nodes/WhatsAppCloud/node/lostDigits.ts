import { isExact } from '../values/json/exactJson';

/** Evaluates one expression, such as `{{ $json.id }}`, for the current item. */
type Evaluate = (expression: string) => unknown;

/** A text without a match contains no number that is too long. */
const longNumber = /\d{16}|\de\+\d/i;

const expressions = /\{\{[^]*?\}\}/g;

/**
 * Returns the value from n8n's engine, unless an expression put a number that lost digits into a
 * text, where nobody would notice. In that case it returns the number alone, which the field's
 * check rejects.
 *
 * @param stored the parameter as stored in the workflow
 * @param value what n8n's engine evaluated it to
 */
export function withLostDigits(stored: unknown, value: unknown, evaluate: Evaluate): unknown {
	if (typeof stored === 'string') {
		const isSuspect = stored.startsWith('=') && typeof value === 'string' && longNumber.test(value);
		return isSuspect ? (lostNumberIn(stored, evaluate) ?? value) : value;
	}
	if (!isTree(stored) || !isTree(value) || '__rl' in stored) return value;
	const members = Object.entries(value).map(([name, member]): [string, unknown] => [
		name,
		withLostDigits(stored[name], member, evaluate),
	]);
	return Array.isArray(value) ? members.map(([, member]) => member) : Object.fromEntries(members);
}

function lostNumberIn(stored: string, evaluate: Evaluate): number | undefined {
	for (const [expression] of stored.matchAll(expressions)) {
		const value = valueOf(expression, evaluate);
		if (typeof value === 'number' && !isExact(value)) return value;
	}
	return undefined;
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
