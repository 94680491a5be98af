import { z } from 'zod/v4';
import { defineGraphOperation } from '../../../node/management/graphOperation';
import { businessAccount } from '../../../node/management/target';
import { optionalId, requiredId } from '../../../values/id';
import { FieldProblem, underField } from '../../../values/problem';
import { callingCodeAndRest, parseRecipient } from '../../../values/recipient';
import { truth } from '../../../values/truth';
import { displayNameField, displayNameSchema } from './displayName';

/**
 * Adds a number to a business account; a code and a registration follow.
 * https://developers.facebook.com/docs/whatsapp/business-management-api/manage-phone-numbers
 */
export const addPhoneNumber = defineGraphOperation({
	name: 'Add',
	action: 'Add phone number to a business account',
	description:
		'Add a number to the business account. Request Code, Verify Code and Register follow.',
	permission: 'whatsapp_business_management',
	target: businessAccount,
	fields: [
		{
			displayName: 'Number to Add',
			name: 'newNumber',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. +1 555 010 0001',
			description: 'With + and the country code. It must be able to get a text message or a call.',
		},
		displayNameField,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Move From Another Account',
					name: 'migrate',
					type: 'boolean',
					default: false,
					description:
						'Whether the number is in use in another WhatsApp Business account and moves to this one',
				},
				{
					displayName: 'Preverified Number ID',
					name: 'preverifiedId',
					type: 'string',
					default: '',
					description: 'If you are a Meta partner and have the number verified already: its ID',
				},
			],
		},
	],
	shape: {
		newNumber: requiredId(40),
		displayName: displayNameSchema,
		options: z.preprocess(
			(value) => value ?? {},
			z.object({ migrate: truth, preverifiedId: optionalId(64) }),
		),
	},
	request({ newNumber, displayName, options }, { run }) {
		const { callingCode, rest } = numberOf(newNumber, run.account.defaultCountry);
		return {
			method: 'POST',
			edge: 'phone_numbers',
			json: {
				cc: callingCode,
				phone_number: rest,
				verified_name: displayName,
				...(options.migrate ? { migrate_phone_number: true } : {}),
				...(options.preverifiedId === undefined ? {} : { preverified_id: options.preverifiedId }),
			},
		};
	},
	item: ({ id }, _, { id: businessAccountId }) => ({
		phoneNumberId: id as string,
		businessAccountId,
	}),
	outputSchema: { phoneNumberId: 'string', businessAccountId: 'string' },
});

/** @throws FieldProblem if it is no phone number */
function numberOf(given: string, defaultCountry: string): { callingCode: string; rest: string } {
	const recipient = underField('Number to Add', () => parseRecipient(given, defaultCountry));
	const parts = 'to' in recipient ? callingCodeAndRest(recipient.to) : undefined;
	if (parts !== undefined) return parts;
	throw new FieldProblem(
		'Number to Add',
		'is no phone number with a known country code',
		'Write it with + and the country code, for example +1 555 010 0001.',
	);
}
