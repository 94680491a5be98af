import { z } from 'zod/v4';
import { formatNumber, kindOf } from './limits';

/** A whole number that may be left out, also written as text; empty comes out as undefined. */
export function optionalInteger(limits: { min: number; max: number }) {
	return z.transform((value: unknown, context) => {
		if (isNothing(value)) return undefined;
		return toInteger(value, limits, context);
	});
}

/** A whole number, also written as text. */
export function requiredInteger(limits: { min: number; max: number }) {
	return z.transform((value: unknown, context) => {
		if (isNothing(value)) {
			context.issues.push({ code: 'custom', message: 'is empty', input: value });
			return z.NEVER;
		}
		return toInteger(value, limits, context);
	});
}

/** Nothing was given: how an empty field or a missing property of an item arrives. */
export function isNothing(value: unknown): boolean {
	return value === undefined || value === null || (typeof value === 'string' && !value.trim());
}

function toInteger(
	value: unknown,
	{ min, max }: { min: number; max: number },
	context: Pick<z.core.ParsePayload, 'issues'>,
): number {
	const complain = (message: string): never => {
		context.issues.push({ code: 'custom', message, input: value });
		return z.NEVER;
	};
	if (typeof value !== 'number' && typeof value !== 'string') {
		return complain(`must be a whole number, but is ${kindOf(value)}`);
	}
	// Number() would take "0x10" and "1e3", which nobody means.
	const number = /^\s*-?\d+(\.0+)?\s*$/.test(String(value)) ? Number(value) : NaN;
	if (!Number.isSafeInteger(number)) return complain(`must be a whole number, but is "${value}"`);
	if (number >= min && number <= max) return number;
	return complain(
		max === Infinity
			? `must be at least ${formatNumber(min)}, but is ${formatNumber(number)}`
			: `must be from ${formatNumber(min)} to ${formatNumber(max)}, but is ${formatNumber(number)}`,
	);
}
