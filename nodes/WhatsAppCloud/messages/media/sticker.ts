import { z } from 'zod/v4';
import { mediaMessage } from './mediaMessage';

/** A sticker, WebP. https://developers.facebook.com/docs/whatsapp/cloud-api/messages/sticker-messages */
export const sticker = mediaMessage('sticker', [], z.object({}));
