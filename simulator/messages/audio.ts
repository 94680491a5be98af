import { GraphError } from '../errors/graph-error.ts';
import { asText } from '../json.ts';
import { checkMediaObject, refuseKey } from './media-object.ts';
import { baseMimeType } from './media-types.ts';
import { optionalBoolean, requireObject } from './rules.ts';
import type { MessageType } from './type.ts';

/** https://developers.facebook.com/docs/whatsapp/cloud-api/messages/audio-messages */
export const audio: MessageType = {
	type: 'audio',
	check(message) {
		const content = requireObject(message.body, 'audio');
		checkMediaObject(message, content, 'audio', 'audio');
		refuseKey(content, 'caption', 'audio');
		const isVoiceNote = optionalBoolean(content, 'voice', 'audio.voice');
		const media = message.simulator.media.get(asText(content['id']) ?? '');
		// A voice message must be OGG with OPUS.
		if (isVoiceNote && media && baseMimeType(media.mimeType) !== 'audio/ogg') {
			throw new GraphError(131053, {
				details: `A voice message must be audio/ogg with the OPUS codec, not ${media.mimeType}`,
			});
		}
		return undefined;
	},
};
