import { z } from 'zod/v4';
import { captionField, captionSchema } from '../caption';
import { maxFilenameCharacters } from '../../values/files/filename';
import { optionalText } from '../../values/schema/reading';
import { defineVariant } from '../messageType';
import { mediaMessage } from './mediaMessage';

/**
 * A text, PDF or Office file.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/messages/document-messages
 */
export const document = defineVariant({
	name: 'Document',
	description: 'PDF, plain text, Word, Excel or PowerPoint, up to 100 MB',
	...mediaMessage(
		'document',
		[
			captionField,
			{
				displayName: 'File Name',
				name: 'filename',
				type: 'string',
				default: '',
				placeholder: 'e.g. invoice.pdf',
				description:
					'The file name shown to the recipient; its extension decides the icon. Leave empty to use the name of the file or the one in the link.',
			},
		],
		z.object({ caption: captionSchema, filename: optionalText(maxFilenameCharacters) }),
	),
});
