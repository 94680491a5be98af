import { optionalText, readParameter } from '../../../values/limits';
import { requiredId } from '../../interactive/parts';
import { isNothing } from '../../../values/numbers';
import { report, shown, type Problems } from '../../../values/row';
import { kindOf } from '../../../values/words';
import { defineVariable } from './variableKind';

/** Meta counts in thousandths of the currency's unit. */
const thousandths = 1000;

const fallback = optionalText(Infinity);

/** An amount of money. */
export const currency = defineVariable({
	name: 'Currency',
	fields: [
		{
			displayName: 'Amount',
			name: 'amount',
			type: 'string',
			default: '',
			placeholder: 'e.g. 100.99',
			hint: 'Up to three decimals',
		},
		{
			displayName: 'Currency Code',
			name: 'currencyCode',
			type: 'string',
			default: '',
			placeholder: 'e.g. USD',
		},
		{
			displayName: 'Shown As',
			name: 'text',
			type: 'string',
			default: '',
			placeholder: 'e.g. $100.99',
			hint: 'Leave empty to build it from amount and code',
			description: 'Shown if the amount cannot be formatted',
		},
	],
	read(values, problems) {
		const amount1000 = readAmount(values['amount'], problems);
		const code = readParameter(requiredId, values, 'currencyCode', problems)?.toUpperCase();
		const text = readParameter(fallback, values, 'text', problems);
		if (amount1000 === null || code === undefined) return null;
		return { amount1000, code, text: text ?? `${amount1000 / thousandths} ${code}` };
	},
	build: ({ amount1000, code, text }) => ({
		currency: { fallback_value: text, code, amount_1000: amount1000 },
	}),
	shownText: ({ text }) => text,
});

/** An amount in thousandths. */
function readAmount(value: unknown, problems: Problems): number | null {
	if (isNothing(value)) return report(problems, ['amount'], 'is empty');
	if (typeof value !== 'number' && typeof value !== 'string') {
		return report(problems, ['amount'], `must be a number, but is ${kindOf(value)}`);
	}
	const text = String(value).trim();
	if (!/^[+-]?\d+(\.\d+)?$/.test(text)) {
		return report(problems, ['amount'], `must be a number such as 100.99, but is ${shown(text)}`);
	}
	const amount = Number(text) * thousandths;
	const rounded = Math.round(amount);
	// In binary, 100.99 × 1000 is slightly off the whole number.
	if (Math.abs(amount - rounded) < 1e-3) return rounded;
	return report(problems, ['amount'], `can have at most three decimals, but is ${text}`);
}
