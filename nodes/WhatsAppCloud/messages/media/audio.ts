import { z } from 'zod/v4';
import { defineVariant } from '../messageType';
import { mediaMessage } from './mediaMessage';

/**
 * Sound, shown with a player and a file icon.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/messages/audio-messages
 */
export const audio = defineVariant({
	name: 'Audio',
	description: 'AAC, AMR, MP3, M4A or OGG with Opus, up to 16 MB',
	...mediaMessage('audio', [], z.object({})),
});
