import { bodyOnly } from './bodyOnly';

/**
 * A button that lets a recipient known only by user ID share their phone number.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids
 */
export const contactInfoRequest = bodyOnly({
	name: 'Contact Info Request',
	description: 'Asks a recipient with a username for their phone number',
	type: 'request_contact_info',
	action: 'request_contact_info',
});
