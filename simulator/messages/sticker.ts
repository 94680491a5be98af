import { requirePart } from './rules.ts';
import type { MessageType } from './type.ts';

export const sticker: MessageType = {
	type: 'sticker',
	check({ body }) {
		requirePart(body, 'sticker');
		return undefined;
	},
};
