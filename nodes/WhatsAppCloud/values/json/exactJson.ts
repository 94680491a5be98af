/** What `JSON.parse` passes along with a value, since Node.js 21. */
interface SourceText {
	/** The value as written; only primitive values have it. */
	source?: string;
}

/**
 * A JSON number that may be too long for JavaScript's 53 bits. It may also match digits inside a
 * text; all it does is save most JSON the slower parse.
 */
const maybeLongNumber = /(?:^|[[,:])\s*-?\d[\d.]{15}/;

/**
 * Parses JSON without rounding: a number with more digits than JavaScript can hold becomes a text
 * of its digits, which is how Meta writes IDs. A number in exponent notation stays a number; see
 * `isExact`.
 *
 * @throws SyntaxError if the text is not JSON
 */
export function parseExactJson(text: string): unknown {
	if (!maybeLongNumber.test(text)) return JSON.parse(text) as unknown;
	return JSON.parse(text, (_key, value: unknown, context?: SourceText) => {
		const source = context?.source;
		const isDigits = source !== undefined && /^-?\d+(\.\d+)?$/.test(source);
		return typeof value === 'number' && !isExact(value) && isDigits ? source : value;
	}) as unknown;
}

/** Parses a text that looks like a JSON object or list; returns anything else unchanged. */
export function parseIfJson(value: unknown): unknown {
	if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
	try {
		return parseExactJson(value);
	} catch {
		// Whoever needs it as JSON will report what is wrong with it.
		return value;
	}
}

/**
 * Whether a number is exactly what was written. From 2^53 on, JavaScript cannot represent every
 * integer, so a larger one may have been rounded. Infinity and NaN are never exact.
 */
export const isExact = (value: number): boolean => Math.abs(value) <= Number.MAX_SAFE_INTEGER;

/** Says what is wrong with an inexact number; completes a sentence that begins with the field. */
export function describeInexact(value: number): string {
	return Number.isFinite(value)
		? `is the number ${value}, too long to be kept digit by digit; give it as text`
		: `is ${value}, which is no number`;
}
