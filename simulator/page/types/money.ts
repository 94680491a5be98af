/** Amounts as people write them. */

import { numberAt, textAt } from '../data/json.ts';

/** Amount in units of an ISO 4217 currency; an unknown currency precedes the number. */
export function money(amount: number, currency: string): string {
	try {
		return new Intl.NumberFormat(undefined, { style: 'currency', currency }).format(amount);
	} catch {
		return `${currency} ${amount.toFixed(2)}`.trim();
	}
}

/**
 * Meta's `{value, offset}`: the value is in fractions of the currency, `offset` of them to a unit.
 * `times` multiplies it, for the price of several items.
 */
export function offsetMoney(amount: unknown, currency: string, times = 1): string {
	const value = (numberAt(amount, 'value') ?? 0) * times;
	const offset = numberAt(amount, 'offset') ?? 100;
	return money(value / (offset === 0 ? 1 : offset), currency || textAt(amount, 'currency'));
}
