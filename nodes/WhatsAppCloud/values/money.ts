import { z } from 'zod/v4';
import { report, step } from './schema/singleStep';
import { checkMembers } from './members';
import { isNothing } from './numbers';
import { isObject } from './unknown';
import { kindOf } from './words';

/** An amount of money in Meta's form: 19.99 is `{value: 1999, offset: 100}`. */
interface Amount {
	/** In hundredths of the currency's unit. */
	value: number;
	offset: 100;
}

/** Meta's form of an amount in hundredths. */
export const amountOf = (value: number): Amount => ({ value, offset: 100 });

/**
 * Converts Meta's form of an amount to the currency's unit; returns anything else unchanged, also an
 * amount with a member that would get lost.
 */
export function amountFromMeta(amount: unknown): unknown {
	if (!isObject(amount)) return amount;
	const { value, offset, ...others } = amount;
	const isWhole = Number.isSafeInteger(Number(value)) && !isNothing(value);
	const isWholly = Object.values(others).every(isNothing);
	return isWhole && isWholly && Number(offset) === 100 ? Number(value) / 100 : amount;
}

/** An amount in the currency's unit, as a number or text; converted to hundredths. */
export const requiredAmount = step((value, context) => {
	if (!isNothing(value)) return toHundredths(value, context);
	report(context, [], 'is empty');
	return z.NEVER;
});

/** The same, or nothing. */
export const optionalAmount = step((value, context) =>
	isNothing(value) ? undefined : toHundredths(value, context),
);

/** 1999 → `19.99` */
export function formatHundredths(value: number): string {
	const digits = String(Math.abs(value)).padStart(3, '0');
	return `${value < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

function toHundredths(value: unknown, context: Pick<z.core.ParsePayload, 'issues'>): number {
	const hundredths =
		typeof value === 'number'
			? fromNumber(value)
			: typeof value === 'string'
				? fromText(value.trim())
				: null;
	if (hundredths !== null && Number.isSafeInteger(hundredths)) return hundredths;
	if (isObject(value) && 'value' in value) {
		checkMembers(value, ['value', 'offset'], context);
		if (context.issues.length > 0) return z.NEVER;
	}
	const given =
		typeof value === 'string' || typeof value === 'number' ? `"${value}"` : kindOf(value);
	report(context, [], `must be an amount such as 19.99, but is ${given}`);
	return z.NEVER;
}

/** Sums of decimals are a hair off (0.1 + 0.2); that is not a third decimal. */
function fromNumber(value: number): number | null {
	const hundredths = Math.round(value * 100);
	return value >= 0 && Math.abs(value * 100 - hundredths) < 1e-6 ? hundredths : null;
}

/** Rejects commas: they separate decimals in one country and thousands in the next. */
function fromText(text: string): number | null {
	const match = /^(\d+)(?:\.(\d{1,2}))?$/.exec(text);
	if (match === null) return null;
	const [, units = '0', decimals = ''] = match;
	return Number(units) * 100 + Number(decimals.padEnd(2, '0'));
}
