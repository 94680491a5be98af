import { bodyOnly } from './bodyOnly';

/**
 * A button by which the recipient sends a place.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/messages/location-request-messages
 */
export const locationRequest = bodyOnly({
	name: 'Location Request',
	description: 'Asks where the recipient is',
	type: 'location_request_message',
	action: 'send_location',
});
