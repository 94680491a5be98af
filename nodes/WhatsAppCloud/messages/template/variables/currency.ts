import { optionalText, readParameter } from '../../../values/schema/reading';
import { requiredId } from '../../interactive/parts';
import { requiredNumber } from '../../../values/numbers';
import { report, type Problems, type Values } from '../../../values/row';
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
		const amount1000 = readAmount(values, problems);
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

const number = requiredNumber({
	min: -Infinity,
	max: Infinity,
	decimals: true,
	noun: 'a number such as 100.99',
});

/** An amount in thousandths. */
function readAmount(values: Values, problems: Problems): number | null {
	const given = readParameter(number, values, 'amount', problems);
	if (given === undefined) return null;
	const amount = given * thousandths;
	const rounded = Math.round(amount);
	if (!Number.isSafeInteger(rounded)) {
		return report(
			problems,
			['amount'],
			`is too large for Meta, which counts in thousandths: ${given}`,
		);
	}
	// In binary, 100.99 × 1000 is slightly off the whole number.
	if (Math.abs(amount - rounded) < 1e-3) return rounded;
	return report(problems, ['amount'], `can have at most three decimals, but is ${given}`);
}
