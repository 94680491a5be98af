import { requirePart } from './rules.ts';
import type { MessageType } from './type.ts';

export const contacts: MessageType = {
	type: 'contacts',
	check({ body }) {
		requirePart(body, 'contacts');
		return undefined;
	},
};
