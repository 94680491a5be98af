import { z } from 'zod/v4';
import { mediaFields } from '../../fields/media';
import { optionalText } from '../limits';
import { mediaObject, readMedia } from '../mediaReference';
import { defineMessage } from '../messageType';
import { captionField, maxCaptionCharacters } from './caption';

/** A picture, JPEG or PNG. https://developers.facebook.com/docs/whatsapp/cloud-api/messages/image-messages */
export const image = defineMessage({
	fields: [...mediaFields(), captionField],
	schema: z
		.looseObject({ caption: optionalText(maxCaptionCharacters) })
		.transform(({ caption, ...values }, context) => {
			const media = readMedia(values, '', 'image', context);
			return media ? { media, caption } : z.NEVER;
		}),
	build: ({ media, caption }) => ({
		type: 'image',
		image: { ...mediaObject(media), ...(caption === undefined ? {} : { caption }) },
	}),
});
