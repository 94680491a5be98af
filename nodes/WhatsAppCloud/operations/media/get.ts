import { z } from 'zod/v4';
import { mediaIdField, mediaIdSchema } from '../../fields/mediaId';
import { getMedia } from '../../graph/endpoints/media';
import { defineOperation } from '../../node/operation';

/** Looks up type, size, checksum and address of a file on Meta's servers. */
export const get = defineOperation({
	name: 'Get',
	action: 'Get media details',
	description:
		"Look up a file's type, size, checksum and download URL, which works for five minutes",
	permission: 'whatsapp_business_messaging',
	fields: [mediaIdField],
	schema: z.object({ mediaId: mediaIdSchema }),
	outputSchema: {
		mediaId: 'string',
		url: 'string',
		mimeType: 'string',
		sha256: 'string',
		sizeBytes: 'integer',
	},
	concurrency: 10,
	async execute(run, { mediaId }) {
		const { id, ...info } = await getMedia(run.graph, mediaId, {
			signal: run.signal,
			idField: 'Media ID',
		});
		return { mediaId: id, ...info };
	},
});
