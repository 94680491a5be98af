import type { InteractiveRules } from '../type.ts';
import { requireBody, requireNamedAction } from './parts.ts';

/** https://developers.facebook.com/docs/whatsapp/cloud-api/messages/location-request-messages */
export const checkLocationRequest: InteractiveRules = (_message, interactive) => {
	requireBody(interactive);
	requireNamedAction(interactive, 'send_location');
};
