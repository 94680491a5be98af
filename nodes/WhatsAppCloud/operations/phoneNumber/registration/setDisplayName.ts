import { defineGraphOperation } from '../../../node/management/graphOperation';
import { phoneNumber } from '../../../node/management/target';
import { displayNameField, displayNameSchema } from './displayName';

/** https://developers.facebook.com/docs/whatsapp/business-management-api/manage-phone-numbers */
export const setDisplayName = defineGraphOperation({
	name: 'Change Display Name',
	action: 'Change display name of a phone number',
	description: 'Ask Meta to review a new display name. Register the number again once approved.',
	permission: 'whatsapp_business_management',
	target: phoneNumber,
	fields: [displayNameField],
	shape: { displayName: displayNameSchema },
	// A second request would begin a second review.
	request: ({ displayName }) => ({ method: 'POST', json: { new_display_name: displayName } }),
	item: (_, { displayName }, { id }) => ({ success: true, phoneNumberId: id, displayName }),
	outputSchema: { success: 'boolean', phoneNumberId: 'string', displayName: 'string' },
});
