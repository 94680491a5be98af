import type { MessageMedia } from './messageParts';
import { readString } from '../reading/lenientJson';
import type { ContentReader } from './content';

/** Reads image, video, audio, document and sticker; the text is the caption or the filename. */
export function mediaReader(type: MessageMedia['type']): ContentReader {
	return (body) => {
		const caption = readString(body['caption']);
		const filename = readString(body['filename']);
		return {
			text: caption ?? filename,
			media: {
				id: readString(body['id']),
				type,
				mimeType: readString(body['mime_type']),
				sha256: readString(body['sha256']),
				filename,
				caption,
				url: readString(body['url']) ?? readString(body['link']),
				voice: body['voice'] === true,
				animated: body['animated'] === true,
			},
		};
	};
}
