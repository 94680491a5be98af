import { requirePart } from './rules.ts';
import type { MessageType } from './type.ts';

export const interactive: MessageType = {
	type: 'interactive',
	check({ body }) {
		requirePart(body, 'interactive');
		return undefined;
	},
};
