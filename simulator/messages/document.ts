import { requirePart } from './rules.ts';
import type { MessageType } from './type.ts';

export const document: MessageType = {
	type: 'document',
	check({ body }) {
		requirePart(body, 'document');
		return undefined;
	},
};
