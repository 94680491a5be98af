import { z } from 'zod/v4';
import { captionField, captionSchema } from '../caption';
import { mediaMessage } from './mediaMessage';

/** A picture, JPEG or PNG. https://developers.facebook.com/docs/whatsapp/cloud-api/messages/image-messages */
export const image = mediaMessage('image', [captionField], z.object({ caption: captionSchema }));
