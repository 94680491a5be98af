import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { textual } from '../values/limits';

/** Identifies a file on Meta's servers. */
export const mediaIdField: INodeProperties = {
	displayName: 'Media ID',
	name: 'mediaId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 1013859600285441',
	description: 'From the trigger or from an upload',
};

export const mediaIdSchema = z
	.preprocess((value) => value ?? '', textual)
	.transform((id) => id.trim())
	.refine((id) => /^\d+$/.test(id), {
		error: ({ input }) => (input === '' ? 'is empty' : 'must consist of digits only'),
	});
