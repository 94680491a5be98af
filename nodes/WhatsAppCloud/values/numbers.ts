import { z } from 'zod/v4';
import { formatNumber, type Problems } from './limits';
import { isBlank, kindOf } from './words';

/** Limits of a number. */
interface NumberLimits {
	min: number;
	max: number;
	/** In the plural: `seconds`. */
	unit?: string;
	/** Whether it may have decimals. */
	decimals?: boolean;
}

/** An optional whole number, or its text; empty becomes undefined. */
export function optionalInteger(limits: NumberLimits) {
	return z.transform((value: unknown, context) => {
		if (isNothing(value)) return undefined;
		return readNumber(value, limits, context);
	});
}

/** A required whole number, or its text. */
export function requiredInteger(limits: NumberLimits) {
	return z.transform((value: unknown, context) => {
		if (isNothing(value)) {
			context.issues.push({ code: 'custom', message: 'is empty', input: value });
			return z.NEVER;
		}
		return readNumber(value, limits, context);
	});
}

/** A number, or its text; if missing or empty, the fallback. */
export function numberOr(fallback: number, limits: NumberLimits) {
	return z.transform((value: unknown, context) =>
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
export function readNumber(
	value: unknown,
	{ min, max, unit, decimals = false }: NumberLimits,
	problems: Problems,
): number {
	const complain = (message: string): never => {
		problems.issues.push({ code: 'custom', path: [], message, input: value });
		return z.NEVER;
	};
	const what = `a ${decimals ? '' : 'whole '}number${unit === undefined ? '' : ` of ${unit}`}`;
	const isText = typeof value === 'string';
	if (typeof value !== 'number' && !(isText && plainNumber.test(value))) {
		return complain(`must be ${what}, but is ${isText ? `"${value}"` : kindOf(value)}`);
	}
	const number = Number(value);
	if (!(decimals ? Number.isFinite(number) : Number.isSafeInteger(number))) {
		return complain(`must be ${what}, but is "${value}"`);
	}
	if (number >= min && number <= max) return number;
	const words = unit === undefined ? '' : ` ${unit}`;
	return complain(
		max === Infinity
			? `must be at least ${formatNumber(min)}${words}, but is ${formatNumber(number)}`
			: `must be from ${formatNumber(min)} to ${formatNumber(max)}${words}, but is ${formatNumber(number)}`,
	);
}
