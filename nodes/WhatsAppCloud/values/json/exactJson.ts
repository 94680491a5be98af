/** What `JSON.parse` passes along with a value; Node.js has it since version 21. */
interface SourceText {
	/** The value as it is written; only plain values have it. */
	source?: string;
}

/**
 * A number in JSON that may be too long for JavaScript, which has 53 bits. Also true of such digits
 * inside a text: it only spares most JSON the slower way of reading.
 */
const maybeLongNumber = /(?:^|[[,:])\s*-?\d[\d.]{15}/;

/**
 * Reads JSON without rounding: a number of more digits than JavaScript keeps comes out as the text
 * of its digits, which is how Meta writes IDs. One in a notation with an exponent
 * comes out as a number; see `isExact`.
 *
 * @throws SyntaxError where the text is no JSON
 */
export function parseExactJson(text: string): unknown {
	if (!maybeLongNumber.test(text)) return JSON.parse(text) as unknown;
	return JSON.parse(text, (_key, value: unknown, context?: SourceText) => {
		const source = context?.source;
		const isDigits = source !== undefined && /^-?\d+(\.\d+)?$/.test(source);
		return typeof value === 'number' && !isExact(value) && isDigits ? source : value;
	}) as unknown;
}

/** What a text is that looks like JSON of an object or a list; everything else as it is. */
export function parseIfJson(value: unknown): unknown {
	if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
	try {
		return parseExactJson(value);
	} catch {
		// Whoever reads the text as JSON reports what is wrong with it.
		return value;
	}
}

/**
 * Whether a number is what was written. From 2^53 on JavaScript has no longer every whole number,
 * so that a longer one may stand for another; what is not finite is no number to send at all.
 */
export const isExact = (value: number): boolean => Math.abs(value) <= Number.MAX_SAFE_INTEGER;

/** Completes the sentence that begins with the field of a number that is not exact. */
export function describeInexact(value: number): string {
	return Number.isFinite(value)
		? `is the number ${value}, too long to be kept digit by digit; give it as text`
		: `is ${value}, which is no number`;
}
