import { z } from 'zod/v4';
import { defineVariant } from '../messageType';
import { mediaMessage } from './mediaMessage';

/**
 * A voice note, as if spoken into the phone: OGG with Opus only. Up to 512 KB it can be played
 * without a download. https://developers.facebook.com/docs/whatsapp/cloud-api/messages/audio-messages
 */
export const voice = defineVariant({
	name: 'Voice Note',
	description: 'OGG with Opus, up to 16 MB. Up to 512 KB, it plays without a download.',
	...mediaMessage(
		'audio',
		[],
		z.object({}).transform(() => ({ voice: true })),
		'voice',
	),
});
