import { z } from 'zod/v4';
import { formatNumber } from './limits';
import { type Problems, report, step } from './schema/singleStep';
import { isBlank, kindOf, type Fault } from './words';

/** Limits of a number. */
interface NumberLimits {
	min: number;
	max: number;
	/** Whether `min` itself is excluded. */
	isAbove?: boolean;
	/** In the plural: `seconds`. */
	unit?: string;
	/** Whether it may have decimals. */
	decimals?: boolean;
	/** What errors call it; made from the unit by default: `a whole number of seconds`. */
	noun?: string;
	/** What else the field takes, for errors: `-1 for no limit`. */
	otherwise?: string;
}

/** An optional number, or its text; empty becomes undefined. */
export function optionalNumber(limits: NumberLimits) {
	return step((value, context) => {
		if (isNothing(value)) return undefined;
		return readNumber(value, limits, context);
	});
}

/** A required number, or its text. */
export function requiredNumber(limits: NumberLimits) {
	return step((value, context) => {
		if (!isNothing(value)) return readNumber(value, limits, context);
		const message = (value ?? undefined) === undefined ? 'is required' : 'is empty';
		report(context, [], message, 'missing');
		return z.NEVER;
	});
}

/** A number, or its text; if missing or empty, the fallback. */
export function numberOr(fallback: number, limits: NumberLimits) {
	return step((value, context) =>
		isNothing(value) ? fallback : readNumber(value, limits, context),
	);
}

/** Whether nothing was given: an empty field, or a property the item lacks. */
export function isNothing(value: unknown): boolean {
	return value === undefined || value === null || (typeof value === 'string' && isBlank(value));
}

/** Number() would accept "0x10", "1e3" and "Infinity", which nobody means. */
const plainNumber = /^\s*[+-]?(\d+\.?\d*|\.\d+)\s*$/;

/** Reads a number, or its text, within its limits. */
export function readNumber(value: unknown, limits: NumberLimits, problems: Problems): number {
	const { min, max, isAbove = false, decimals = false } = limits;
	const complain = (message: string, fault: Fault): never => {
		report(problems, [], message, fault);
		return z.NEVER;
	};
	const isText = typeof value === 'string';
	if (typeof value !== 'number' && !(isText && plainNumber.test(value))) {
		const given = isText ? `"${value}"` : kindOf(value);
		return complain(`must be ${nounOf(limits)}, but is ${given}`, 'otherKind');
	}
	const number = Number(value);
	if (!(decimals ? Number.isFinite(number) : Number.isSafeInteger(number))) {
		return complain(`must be ${nounOf(limits)}, but is "${value}"`, 'otherKind');
	}
	const isInRange = (isAbove ? number > min : number >= min) && number <= max;
	if (isInRange) return number;
	const fault = number > max ? 'tooLarge' : 'tooSmall';
	return complain(`must be ${rangeOf(limits)}, but is ${formatNumber(number)}`, fault);
}

const nounOf = ({ unit, decimals = false, noun }: NumberLimits): string =>
	noun ?? `a ${decimals ? '' : 'whole '}number${unit === undefined ? '' : ` of ${unit}`}`;

/** `from 1 to 20 attempts`, `at least 1`, `above 0 minutes` */
function rangeOf({ min, max, isAbove = false, unit, otherwise }: NumberLimits): string {
	const [low, high] = [formatNumber(min), formatNumber(max)];
	const above = max === Infinity ? `above ${low}` : `above ${low} and at most ${high}`;
	const within = max === Infinity ? `at least ${low}` : `from ${low} to ${high}`;
	const words = unit === undefined ? '' : ` ${unit}`;
	return `${isAbove ? above : within}${words}${otherwise === undefined ? '' : `, or ${otherwise}`}`;
}

/** A decimal digit of any script as `0` to `9`: in every script the ten form one block. */
export function westernDigit(digit: string): string {
	if (digit <= '9') return digit;
	let value = 0;
	const codePoint = digit.codePointAt(0) ?? 0;
	while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(codePoint - value - 1))) value++;
	return String(value);
}
