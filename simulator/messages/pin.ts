import { badValue, optionalInteger, requireChoice, requireObject, requireText } from './rules.ts';
import type { MessageType } from './type.ts';

const maxPinned = 3;

/** https://developers.facebook.com/docs/whatsapp/cloud-api/groups */
export const pin: MessageType = {
	type: 'pin',
	check({ recipient, body }) {
		const content = requireObject(body, 'pin');
		const action = requireChoice(content, 'type', 'pin.type', ['pin', 'unpin']);
		const id = requireText(content, 'message_id', 'pin.message_id', { max: 1000 });
		optionalInteger(content, 'expiration_days', 'pin.expiration_days', { min: 1, max: 30 });
		if (!recipient.group) throw badValue('Messages can only be pinned in a group');
		const { pinned } = recipient.group;
		if (action === 'pin' && !pinned.includes(id) && pinned.length >= maxPinned) {
			throw badValue(`A group can have ${maxPinned} pinned messages`);
		}
		return undefined;
	},
};
