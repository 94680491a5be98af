import { requirePart } from './rules.ts';
import type { MessageType } from './type.ts';

export const text: MessageType = {
	type: 'text',
	check({ body }) {
		requirePart(body, 'text');
		return undefined;
	},
};
