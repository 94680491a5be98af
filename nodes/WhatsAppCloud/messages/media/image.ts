import { z } from 'zod/v4';
import { captionField, captionSchema } from '../caption';
import { defineVariant } from '../messageType';
import { mediaMessage } from './mediaMessage';

/**
 * A picture, JPEG or PNG.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/messages/image-messages
 */
export const image = defineVariant({
	name: 'Image',
	description: 'JPEG or PNG, up to 5 MB',
	...mediaMessage('image', [captionField], z.object({ caption: captionSchema })),
});
