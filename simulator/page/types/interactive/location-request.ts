import { objectAt } from '../../data/json.ts';
import { openLocationDialog } from '../../sheets/location.ts';
import { bubbleButton } from '../buttons.ts';
import type { MessageView } from '../view.ts';
import { interactiveContent, interactiveSummary } from './frame.ts';

export const locationRequestView: MessageView = {
	draw: ({ id, body }, chat) => ({
		content: interactiveContent(objectAt(body, 'interactive')),
		buttons: [bubbleButton('pin', 'Send location', () => openLocationDialog(chat, id))],
		time: 'line',
	}),
	summary: ({ body }) => interactiveSummary(body['interactive'], 'Location request'),
};
