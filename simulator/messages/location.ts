import { requirePart } from './rules.ts';
import type { MessageType } from './type.ts';

export const location: MessageType = {
	type: 'location',
	check({ body }) {
		requirePart(body, 'location');
		return undefined;
	},
};
