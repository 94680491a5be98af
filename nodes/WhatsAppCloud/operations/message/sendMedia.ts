import { audio } from '../../messages/media/audio';
import { document } from '../../messages/media/document';
import { image } from '../../messages/media/image';
import { sticker } from '../../messages/media/sticker';
import { video } from '../../messages/media/video';
import { voice } from '../../messages/media/voice';
import { withMarkdown } from '../../messages/markdownOption';
import { chooseMessage } from '../../messages/messageType';
import { sendOperation } from './send';

export const sendMedia = sendOperation({
	name: 'Send Media',
	action: 'Send image, video, audio or document',
	description: 'Send an image, a video, an audio file, a voice note, a document or a sticker',
	message: withMarkdown(
		chooseMessage(
			{
				displayName: 'Media Type',
				name: 'mediaType',
				default: 'image',
				description: 'What to send',
			},
			{
				audio,
				document,
				image,
				sticker,
				video,
				voice,
			},
		),
		['caption'],
		{
			'/mediaType': ['document', 'image', 'video'],
		},
	),
});
