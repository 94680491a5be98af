import { listAt, objectAt, textAt } from '../../data/json.ts';
import { bubbleButton } from '../buttons.ts';
import type { MessageView } from '../view.ts';
import { interactiveContent, interactiveSummary } from './frame.ts';

export const replyButtonsView: MessageView = {
	draw: ({ id: messageId, body }, chat) => {
		const interactive = objectAt(body, 'interactive');
		const buttons = listAt(interactive, 'action', 'buttons').map((button) => {
			const id = textAt(button, 'reply', 'id');
			const title = textAt(button, 'reply', 'title');
			const answer = {
				type: 'interactive',
				interactive: { type: 'button_reply', button_reply: { id, title } },
			};
			return bubbleButton('reply', title, () => chat.send(answer, messageId), {
				'data-reply-id': id,
			});
		});
		return { content: interactiveContent(interactive), buttons, time: 'line' };
	},
	summary: ({ body }) => interactiveSummary(body['interactive'], 'Reply buttons'),
};
