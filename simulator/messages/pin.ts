import { requirePart } from './rules.ts';
import type { MessageType } from './type.ts';

export const pin: MessageType = {
	type: 'pin',
	check({ body }) {
		requirePart(body, 'pin');
		return undefined;
	},
};
