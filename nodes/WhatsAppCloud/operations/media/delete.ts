import { z } from 'zod/v4';
import { mediaIdField, mediaIdSchema } from '../../fields/mediaId';
import { defineOperation } from '../../node/operation';

/** Deletes a file from Meta's servers. Messages already sent keep it. */
export const deleteMedia = defineOperation({
	name: 'Delete',
	action: 'Delete media file',
	description: "Delete a file from Meta's servers. Messages already sent keep it.",
	permission: 'whatsapp_business_messaging',
	fields: [mediaIdField],
	schema: z.object({ mediaId: mediaIdSchema }),
	outputSchema: {
		deleted: 'boolean',
	},
	concurrency: 10,
	async execute(run, { mediaId }) {
		await run.graph.call({
			method: 'DELETE',
			node: mediaId,
			idField: 'Media ID',
			signal: run.signal,
		});
		return { deleted: true };
	},
});
