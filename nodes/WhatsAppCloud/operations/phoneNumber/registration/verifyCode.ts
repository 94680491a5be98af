import { z } from 'zod/v4';
import { defineGraphOperation } from '../../../node/management/graphOperation';
import { phoneNumber } from '../../../node/management/target';
import { readText } from '../../../values/schema/reading';
import { report, step } from '../../../values/schema/singleStep';

const codeDigits = 6;

/** Six digits, often written `123-456`. */
const codeSchema = step((value, context): string => {
	const text = readText(value ?? '', context);
	if (text === undefined) return z.NEVER;
	// A table or an expression that makes a number of the code drops its leading zeros.
	const digits =
		typeof value === 'number' ? text.padStart(codeDigits, '0') : text.replace(/[\s-]/g, '');
	if (/^\d{6}$/.test(digits)) return digits;
	const problem = digits === '' ? 'is empty; enter the six digits' : 'must consist of six digits';
	report(context, [], problem, digits === '' ? 'missing' : 'otherForm');
	return z.NEVER;
});

/** Proves that a number is yours. Meta counts wrong codes, so none is sent twice. */
export const verifyCode = defineGraphOperation({
	name: 'Verify Code',
	action: 'Verify phone number with a code',
	description: 'Enter the code that Meta sent to the number. Register follows.',
	permission: 'whatsapp_business_management',
	target: phoneNumber,
	fields: [
		{
			displayName: 'Code',
			name: 'code',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 123-456',
			hint: 'Six digits',
			description: 'The code from the text message or call',
		},
	],
	shape: { code: codeSchema },
	request: ({ code }) => ({ method: 'POST', edge: 'verify_code', json: { code } }),
	item: (_, __, { id }) => ({ success: true, phoneNumberId: id }),
	outputSchema: { success: 'boolean', phoneNumberId: 'string' },
});
