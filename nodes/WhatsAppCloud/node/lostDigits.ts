import { isExact } from '../values/json/exactJson';

/** Evaluates one expression, such as `{{ $json.id }}`, for the item at hand. */
type Evaluate = (expression: string) => unknown;

/** A text without such digits holds no number that is too long. */
const longNumber = /\d{16}|\de\+\d/i;

const expressions = /\{\{[^]*?\}\}/g;

/**
 * A value as n8n's engine returned it, unless an expression put a number with lost digits into a
 * text, where nobody would notice. Such a text is replaced by the number alone, which the field's
 * check refuses.
 *
 * @param stored the parameter as the workflow holds it
 * @param value what n8n's engine made of it
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

/** The whole text was evaluated before; what fails here was cut at braces inside a string. */
function valueOf(expression: string, evaluate: Evaluate): unknown {
	try {
		return evaluate(expression);
	} catch {
		return undefined;
	}
}

/** Lists and plain objects; a date or a file has no members that are stored. */
const isTree = (value: unknown): value is Record<string, unknown> =>
	Array.isArray(value) ||
	(typeof value === 'object' &&
		value !== null &&
		Object.getPrototypeOf(value) === Object.prototype);
