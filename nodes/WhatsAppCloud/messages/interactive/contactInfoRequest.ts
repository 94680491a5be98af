import { bodyOnly } from './bodyOnly';

/**
 * A button with which a recipient known only by user ID shares the phone number.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids
 */
export const contactInfoRequest = bodyOnly({
	name: 'Contact Info Request',
	description: 'Asks for the phone number of a recipient with a user name',
	type: 'request_contact_info',
	action: 'request_contact_info',
});
