import { defineGraphOperation } from '../../../node/management/graphOperation';
import { phoneNumber } from '../../../node/management/target';

/** https://developers.facebook.com/docs/whatsapp/cloud-api/reference/registration#deregister */
export const deregisterNumber = defineGraphOperation({
	name: 'Deregister',
	action: 'Deregister phone number',
	description: 'The number can no longer send or receive. Not for numbers of the Business app.',
	permission: 'whatsapp_business_management',
	target: phoneNumber,
	shape: {},
	request: () => ({ method: 'POST', edge: 'deregister' }),
	item: (_, __, { id }) => ({ success: true, phoneNumberId: id }),
	outputSchema: { success: 'boolean', phoneNumberId: 'string' },
});
