import { z } from 'zod/v4';
import { mediaIdField, mediaIdSchema } from '../../fields/mediaId';
import { damage, downloadMedia } from '../../graph/media';
import { optionalText, requiredText } from '../../values/limits';
import { defineOperation } from '../operation';
import { FieldProblem } from '../problems';

/** Gets a file into a binary field of the item, as a stream, and checks that it came whole. */
export const download = defineOperation({
	name: 'Download',
	action: 'Download media',
	description: 'Get a file into a binary field',
	fields: [
		mediaIdField,
		{
			displayName: 'Put Output File in Field',
			name: 'outputField',
			type: 'string',
			default: 'data',
			required: true,
			hint: 'The name of the output binary field to put the file in',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'File Name',
					name: 'filename',
					type: 'string',
					default: '',
					placeholder: 'e.g. invoice.pdf',
					description: 'For example media.filename of the trigger. Empty takes the media ID.',
				},
			],
		},
	],
	schema: z.object({
		mediaId: mediaIdSchema,
		outputField: requiredText(256),
		options: z.preprocess((value) => value ?? {}, z.object({ filename: optionalText(240) })),
	}),
	gives: {
		mediaId: 'string',
		mimeType: 'string',
		filename: 'string',
		sizeBytes: 'integer',
		sha256: 'string',
	},
	concurrency: 4,
	async execute(run, { mediaId, outputField, options }) {
		const { info, file } = await downloadMedia(run.graph, mediaId, run.signal);
		const filename = options.filename ?? file.filename ?? `${mediaId}${extensionOf(info.mimeType)}`;
		const { content } = file;
		const binary = await run.host.helpers.prepareBinaryData(content, filename, info.mimeType);
		const problem = damage(info, file);
		if (problem !== null) {
			throw new FieldProblem('Media ID', `gave a file that ${problem}`, 'Download it again.');
		}
		const { sha256, sizeBytes } = file.received();
		const json = { mediaId: info.id, mimeType: info.mimeType, filename, sizeBytes, sha256 };
		return [{ json, binary: { [outputField]: binary } }];
	},
});

/** `image/jpeg` → `.jpeg`; nothing for types whose name is no file ending. */
function extensionOf(mimeType: string): string {
	const subtype = /^[a-z]+\/([a-z0-9]{2,5})(;|$)/i.exec(mimeType)?.[1];
	return subtype === undefined ? '' : `.${subtype.toLowerCase()}`;
}
