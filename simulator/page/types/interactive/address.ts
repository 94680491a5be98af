import { objectAt } from '../../data/json.ts';
import { openAddressForm } from '../../sheets/address.ts';
import { bubbleButton } from '../buttons.ts';
import type { MessageView } from '../view.ts';
import { interactiveContent, interactiveSummary } from './frame.ts';

export const addressView: MessageView = {
	draw: ({ id, body }, chat) => {
		const interactive = objectAt(body, 'interactive');
		const parameters = objectAt(interactive, 'action', 'parameters');
		return {
			content: interactiveContent(interactive),
			buttons: [
				bubbleButton('pin', 'Provide address', () => openAddressForm(chat, id, parameters)),
			],
			time: 'line',
		};
	},
	summary: ({ body }) => interactiveSummary(body['interactive'], 'Address request'),
};
