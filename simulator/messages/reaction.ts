import { requirePart } from './rules.ts';
import type { MessageType } from './type.ts';

export const reaction: MessageType = {
	type: 'reaction',
	check({ body }) {
		requirePart(body, 'reaction');
		return undefined;
	},
};
