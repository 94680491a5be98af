import { defineGraphOperation } from '../../../node/management/graphOperation';
import { phoneNumber } from '../../../node/management/target';
import { profileFields, profileItem, profileShape } from './profile';

/** What people see of the business in WhatsApp. */
export const getProfile = defineGraphOperation({
	name: 'Get Profile',
	action: 'Get business profile of a phone number',
	description: 'Get what people see of the business: about, address, picture and more',
	permission: 'whatsapp_business_messaging',
	target: phoneNumber,
	shape: {},
	request: () => ({
		method: 'GET',
		edge: 'whatsapp_business_profile',
		query: { fields: profileFields.join(',') },
	}),
	item: (answer, _, { id }) => profileItem(answer, id),
	outputSchema: profileShape,
});
