import { z } from 'zod/v4';
import { senderField } from '../../fields/senderField';
import { uploadMedia } from '../../graph/endpoints/media';
import { choiceOf } from '../../values/choice';
import { optionalId, requiredId } from '../../values/id';
import { optionalNumber } from '../../values/numbers';
import { defineOperation } from '../../node/operation';
import { senderOf } from '../../node/sender';
import { openItemFile } from '../../media/file';

const kinds = ['audio', 'document', 'image', 'sticker', 'video'] as const;

/** Meta keeps a file for an hour to 30 days. */
const ttlMinutes = { min: 60, max: 43_200, unit: 'minutes' };

/** Uploads the item's file to Meta's servers for use in messages and templates. */
export const upload = defineOperation({
	name: 'Upload',
	action: 'Upload media file',
	description: 'Upload a file and get its media ID, which works for 30 days',
	permission: 'whatsapp_business_messaging',
	fields: [
		senderField,
		{
			displayName: 'Input Binary Field',
			name: 'binaryField',
			type: 'string',
			default: 'data',
			required: true,
			hint: 'The name of the input field containing the file',
		},
		{
			displayName: 'Use As',
			name: 'mediaKind',
			type: 'options',
			options: [
				{ name: 'Audio or Voice Note', value: 'audio' },
				{ name: 'Document', value: 'document' },
				{ name: 'Image', value: 'image' },
				{ name: 'Sticker', value: 'sticker' },
				{ name: 'Video', value: 'video' },
			],
			default: 'document',
			description:
				"The file is checked against WhatsApp's limits for this use before it is uploaded",
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Time to Live',
					name: 'ttlMinutes',
					type: 'number',
					typeOptions: { minValue: ttlMinutes.min, maxValue: ttlMinutes.max },
					default: 43_200,
					hint: 'In minutes, 60 to 43,200',
					description: 'After this time Meta deletes the file',
				},
			],
		},
	],
	schema: z.object({
		phoneNumberId: optionalId(64),
		binaryField: requiredId(256),
		mediaKind: choiceOf(kinds).default('document'),
		options: z.object({ ttlMinutes: optionalNumber(ttlMinutes).optional() }).prefault({}),
	}),
	outputSchema: {
		mediaId: 'string',
		mimeType: 'string',
		filename: 'string',
		sizeBytes: 'integer',
		phoneNumberId: 'string',
	},
	concurrency: 4,
	async execute(run, { phoneNumberId, binaryField, mediaKind, options }, itemIndex) {
		const sender = senderOf(run, phoneNumberId);
		const file = await openItemFile(
			run.host,
			itemIndex,
			binaryField,
			'Input Binary Field',
			mediaKind,
		);
		const mediaId = await uploadMedia(run.graph, sender, file, {
			ttlMinutes: options.ttlMinutes,
			signal: run.signal,
		});
		return {
			mediaId,
			mimeType: file.mimeType,
			filename: file.filename,
			sizeBytes: file.sizeBytes,
			phoneNumberId: sender,
		};
	},
});
