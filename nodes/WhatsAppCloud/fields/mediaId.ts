import type { INodeProperties } from 'n8n-workflow';
import { idOfForm } from '../values/id';

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

export const mediaIdSchema = idOfForm(/^\d+$/, 'must consist of digits only');
