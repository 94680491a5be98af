import { z } from 'zod/v4';
import { captionField, captionSchema } from '../caption';
import { defineVariant } from '../messageType';
import { mediaMessage } from './mediaMessage';

/**
 * A video, MP4 or 3GP with H.264 and AAC.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/messages/video-messages
 */
export const video = defineVariant({
	name: 'Video',
	description: 'MP4 or 3GP with a video track, up to 16 MB',
	...mediaMessage('video', [captionField], z.object({ caption: captionSchema })),
});
