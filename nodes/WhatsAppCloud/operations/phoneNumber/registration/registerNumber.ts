import { defineGraphOperation } from '../../../node/management/graphOperation';
import { phoneNumber } from '../../../node/management/target';
import { pinField, pinSchema } from './pin';

/**
 * Registers a verified number with the Cloud API. Meta allows ten registrations in 72 hours, so a
 * lost answer is not repeated.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/reference/registration
 */
export const registerNumber = defineGraphOperation({
	name: 'Register',
	action: 'Register phone number',
	description: 'Register a verified number, so that it can send and receive',
	permission: 'whatsapp_business_management',
	target: phoneNumber,
	fields: [
		{
			...pinField,
			description:
				'Two-step verification PIN of the number. If it has none yet, this becomes its PIN.',
		},
	],
	shape: { pin: pinSchema },
	request: ({ pin }) => ({
		method: 'POST',
		edge: 'register',
		json: { messaging_product: 'whatsapp', pin },
	}),
	item: (_, __, { id }) => ({ success: true, phoneNumberId: id }),
	outputSchema: { success: 'boolean', phoneNumberId: 'string' },
});
