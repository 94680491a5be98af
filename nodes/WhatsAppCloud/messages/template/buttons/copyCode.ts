import { readParameter, requiredText } from '../../../values/schema/reading';
import { defineButton } from './buttonKind';

const maxCodeCharacters = 20;

const code = requiredText(maxCodeCharacters).transform((value) => value.trim());

/** A coupon code that a tap copies. */
export const copyCode = defineButton({
	name: 'Copy Code',
	description: 'A coupon code',
	fields: [
		{
			displayName: 'Code',
			name: 'code',
			type: 'string',
			default: '',
			placeholder: 'e.g. SUMMER25',
			hint: 'Up to 20 characters, up to 15 with a limited-time offer',
		},
	],
	read: (values, problems) => readParameter(code, values, 'code', problems) ?? null,
	build: (value) => [{ type: 'coupon_code', coupon_code: value }],
	coupon: (value) => value,
});
