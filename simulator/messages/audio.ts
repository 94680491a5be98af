import { requirePart } from './rules.ts';
import type { MessageType } from './type.ts';

export const audio: MessageType = {
	type: 'audio',
	check({ body }) {
		requirePart(body, 'audio');
		return undefined;
	},
};
