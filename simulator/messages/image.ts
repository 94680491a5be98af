import { requirePart } from './rules.ts';
import type { MessageType } from './type.ts';

export const image: MessageType = {
	type: 'image',
	check({ body }) {
		requirePart(body, 'image');
		return undefined;
	},
};
