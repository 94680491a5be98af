import { camelCased } from '../reading/camelCase';
import type { ContentReader } from './content';

/**
 * Something that Meta does not pass on, such as a poll. Newer webhooks name what it is.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/unsupported
 */
export const readUnsupported: ContentReader = (unsupported) => ({
	text: null,
	...(Object.keys(unsupported).length === 0 ? {} : { unsupported: camelCased(unsupported) }),
});
