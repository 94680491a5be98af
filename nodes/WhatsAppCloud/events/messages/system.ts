import { camelCased } from '../reading/camelCase';
import { readObject, readString } from '../reading/lenientJson';
import type { ContentReader } from './content';

/**
 * A notice about the person: a new number, a new user ID, a new device.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/system
 */
export const readSystem: ContentReader = (system, message) => {
	const identity = readObject(message['identity']);
	return {
		text: readString(system['body']),
		system: camelCased(identity === null ? system : { ...system, identity }),
	};
};
