import { defineGraphOperation } from '../../../node/management/graphOperation';
import { phoneNumber } from '../../../node/management/target';
import { pinField, pinSchema } from './pin';

/**
 * Sets the number's two-step verification PIN.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/reference/two-step-verification
 */
export const setPin = defineGraphOperation({
	name: 'Set PIN',
	action: 'Set two-step PIN of a phone number',
	description: 'Set or change the two-step verification PIN of a number',
	permission: 'whatsapp_business_management',
	target: phoneNumber,
	fields: [pinField],
	shape: { pin: pinSchema },
	request: ({ pin }) => ({ method: 'POST', json: { pin }, isIdempotent: true }),
	item: (_, __, { id }) => ({ success: true, phoneNumberId: id }),
	outputSchema: { success: 'boolean', phoneNumberId: 'string' },
});
