import { bodyOnly } from './bodyOnly';

/**
 * A button that lets the recipient send a place.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/messages/location-request-messages
 */
export const locationRequest = bodyOnly({
	name: 'Location Request',
	description: "Asks for the recipient's location",
	type: 'location_request_message',
	action: 'send_location',
});
