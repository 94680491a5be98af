import { z } from 'zod/v4';
import { defineVariant } from '../messageType';
import { mediaMessage } from './mediaMessage';

/**
 * A sticker, WebP.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/messages/sticker-messages
 */
export const sticker = defineVariant({
	name: 'Sticker',
	description: 'WebP, up to 100 KB, or 500 KB if animated',
	...mediaMessage('sticker', [], z.object({})),
});
