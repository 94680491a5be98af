import { z } from 'zod/v4';
import { mediaIdField, mediaIdSchema } from '../../fields/mediaId';
import { FileTooLargeError } from '../../graph/http/boundedDownload';
import { damage, downloadMedia } from '../../graph/endpoints/media';
import { endingOf } from '../../values/files/fileEnding';
import { maxFilenameCharacters, safeFilename } from '../../values/files/filename';
import { optionalText, requiredText } from '../../values/schema/reading';
import { optionalNumber } from '../../values/numbers';
import { defineOperation } from '../../node/operation';
import { FieldProblem } from '../../values/problem';

const bytesPerMegabyte = 1024 * 1024;

/** Streams a file into a binary field of the item and checks that it arrived intact. */
export const download = defineOperation({
	name: 'Download',
	action: 'Download media file',
	description: 'Get a file into a binary field',
	permission: 'whatsapp_business_messaging',
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
					description:
						"For example, media.filename from the trigger. Leave empty to use Meta's name for the file, or else the media ID. Characters that file systems do not allow are removed.",
				},
				{
					displayName: 'Size Limit',
					name: 'maxMegabytes',
					type: 'number',
					typeOptions: { minValue: 1, maxValue: 100 },
					default: 100,
					hint: 'In MB, 1 to 100',
					description: 'A larger file is refused with an error',
				},
				{
					displayName: 'Time Limit',
					name: 'timeoutSeconds',
					type: 'number',
					typeOptions: { minValue: 1, maxValue: 3600 },
					default: 600,
					hint: 'In seconds, 1 to 3,600',
					description: 'How long the whole download may take',
				},
			],
		},
	],
	schema: z.object({
		mediaId: mediaIdSchema,
		outputField: requiredText(256),
		options: z.preprocess(
			(value) => value ?? {},
			z.object({
				filename: optionalText(maxFilenameCharacters),
				maxMegabytes: optionalNumber({ min: 1, max: 100, unit: 'MB' }).optional(),
				timeoutSeconds: optionalNumber({ min: 1, max: 3600, unit: 'seconds' }).optional(),
			}),
		),
	}),
	outputSchema: {
		mediaId: 'string',
		mimeType: 'string',
		filename: 'string',
		sizeBytes: 'integer',
		sha256: 'string',
	},
	concurrency: 4,
	async execute(run, { mediaId, outputField, options }) {
		const { maxMegabytes, timeoutSeconds } = options;
		const explain = (error: unknown): never => {
			if (!(error instanceof FileTooLargeError)) throw error;
			throw tooLarge(maxMegabytes);
		};
		const { info, file } = await downloadMedia(run.graph, mediaId, {
			signal: run.signal,
			idField: 'Media ID',
			maxBytes: maxMegabytes === undefined ? undefined : maxMegabytes * bytesPerMegabyte,
			timeoutMs: timeoutSeconds === undefined ? undefined : timeoutSeconds * 1000,
		}).catch(explain);
		const chosen = options.filename === undefined ? null : safeFilename(options.filename);
		const filename = chosen ?? file.filename ?? nameFor(mediaId, info.mimeType);
		const { content } = file;
		const binary = await run.host.helpers
			.prepareBinaryData(content, filename, info.mimeType)
			.catch(explain);
		const problem = damage(info, file);
		if (problem !== null) {
			throw new FieldProblem('Media ID', `gave a file that ${problem}`, 'Download it again.');
		}
		const { sha256, sizeBytes } = file.received();
		const json = { mediaId: info.id, mimeType: info.mimeType, filename, sizeBytes, sha256 };
		return [{ json, binary: { [outputField]: binary } }];
	},
});

/** @param maxMegabytes undefined if the user set no limit and Meta states no size */
function tooLarge(maxMegabytes: number | undefined): FieldProblem {
	return maxMegabytes === undefined
		? new FieldProblem(
				'Media ID',
				'gave a file of more than 100 MB',
				'Meta keeps none of that size. Set Options › Size Limit to see whether it is cut.',
			)
		: new FieldProblem(
				'Media ID',
				`is a file of more than ${maxMegabytes} MB`,
				'Raise Options › Size Limit, or leave the file out.',
			);
}

/** `1013859600285441.jpg`: photos come without a name. */
function nameFor(mediaId: string, mimeType: string): string {
	const ending = endingOf(mimeType);
	return ending === undefined ? mediaId : `${mediaId}.${ending}`;
}
