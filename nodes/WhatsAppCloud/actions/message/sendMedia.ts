import { audio } from '../../messages/media/audio';
import { document } from '../../messages/media/document';
import { image } from '../../messages/media/image';
import { sticker } from '../../messages/media/sticker';
import { video } from '../../messages/media/video';
import { voice } from '../../messages/media/voice';
import { chooseMessage } from '../../messages/messageType';
import { sendOperation } from './send';

export const sendMedia = sendOperation({
	name: 'Send Media',
	action: 'Send media',
	description: 'Send an image, a video, an audio file, a voice note, a document or a sticker',
	message: chooseMessage(
		{
			displayName: 'Media Type',
			name: 'mediaType',
			default: 'image',
			description: 'What to send',
		},
		{
			audio: {
				name: 'Audio',
				description: 'AAC, AMR, MP3, M4A or OGG with Opus, up to 16 MB',
				message: audio,
			},
			document: { name: 'Document', description: 'Any file, up to 100 MB', message: document },
			image: { name: 'Image', description: 'JPEG or PNG, up to 5 MB', message: image },
			sticker: {
				name: 'Sticker',
				description: 'WebP, up to 100 KB, or 500 KB if it moves',
				message: sticker,
			},
			video: { name: 'Video', description: 'MP4 or 3GP, up to 16 MB', message: video },
			voice: {
				name: 'Voice Note',
				description: 'OGG with Opus, up to 16 MB; up to 512 KB it plays at once',
				message: voice,
			},
		},
	),
});
