import { objectAt } from '../../data/json.ts';
import { openContactShare } from '../../sheets/contact.ts';
import { bubbleButton } from '../buttons.ts';
import type { MessageView } from '../view.ts';
import { interactiveContent, interactiveSummary } from './frame.ts';

/** The business asks for the customer's phone number. */
export const contactRequestView: MessageView = {
	draw: ({ id, body }, chat) => ({
		content: interactiveContent(objectAt(body, 'interactive')),
		buttons: [bubbleButton('person', 'Share contact info', () => openContactShare(chat, id))],
		time: 'line',
	}),
	summary: ({ body }) => interactiveSummary(body['interactive'], 'Contact request'),
};
