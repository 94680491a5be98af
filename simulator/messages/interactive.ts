import { badValue, requireObject, requirePart } from './rules.ts';
import { interactiveKinds } from './interactive/table.ts';
import type { MessageType } from './type.ts';

/** https://developers.facebook.com/docs/whatsapp/cloud-api/messages/interactive-messages */
export const interactive: MessageType = {
	type: 'interactive',
	check(message) {
		const content = requireObject(message.body, 'interactive');
		const type = requirePart(content, 'type', 'interactive.type');
		const kind = interactiveKinds.get(String(type));
		if (!kind) {
			throw badValue(
				`interactive.type must be one of {${[...interactiveKinds.keys()].join(', ')}}`,
			);
		}
		kind(message, content);
		return undefined;
	},
};
