import { image } from '../../messages/media/image';
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
			image: { name: 'Image', description: 'JPEG or PNG, up to 5 MB', message: image },
		},
	),
});
