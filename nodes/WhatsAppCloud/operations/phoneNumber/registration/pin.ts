import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { report, step } from '../../../values/schema/singleStep';
import { isNothing } from '../../../values/numbers';

/** The six digits of two-step verification. */
export const pinField: INodeProperties = {
	displayName: 'PIN',
	name: 'pin',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	required: true,
	hint: 'Six digits',
	description: 'Two-step verification PIN of the number. Meta asks for it when it is registered.',
};

/** The PIN itself is in no error. */
export const pinSchema = step((value, context): string => {
	if (isNothing(value)) {
		report(context, [], 'is empty; enter six digits', 'missing');
		return z.NEVER;
	}
	const isTextual = typeof value === 'string' || typeof value === 'number';
	const pin = isTextual ? String(value).trim() : '';
	if (/^\d{6}$/.test(pin)) return pin;
	report(context, [], wrongPin(value, pin), 'otherForm');
	return z.NEVER;
});

function wrongPin(value: unknown, pin: string): string {
	if (!/^\d+$/.test(pin)) return 'must consist of six digits; it has something else in it';
	const lost =
		typeof value === 'number' && pin.length < 6
			? '. A number loses the zeros at its beginning: give the PIN as text'
			: '';
	return `must have six digits, but has ${pin.length}${lost}`;
}
