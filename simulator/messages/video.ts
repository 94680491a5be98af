import { requirePart } from './rules.ts';
import type { MessageType } from './type.ts';

export const video: MessageType = {
	type: 'video',
	check({ body }) {
		requirePart(body, 'video');
		return undefined;
	},
};
