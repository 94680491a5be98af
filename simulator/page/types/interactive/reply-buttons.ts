import { listAt, objectAt, textAt } from '../../data/json.ts';
import { bubbleButton, bubbleLink } from '../buttons.ts';
import { foldedButtons } from '../folded.ts';
import { paymentButton } from '../payment-request.ts';
import type { Chat, MessageView } from '../view.ts';
import { interactiveContent, interactiveSummary } from './frame.ts';

function drawButton(button: unknown, messageId: string, chat: Chat): HTMLElement {
	switch (textAt(button, 'type')) {
		case 'cta_url': {
			const link = objectAt(button, 'cta_url');
			return bubbleLink('external', textAt(link, 'display_text'), textAt(link, 'url'));
		}
		case 'payment_request': {
			const nested = objectAt(button, 'payment_request', 'payment_setting');
			const isNested = Object.keys(nested).length > 0;
			return paymentButton(isNested ? nested : objectAt(button, 'payment_setting'), '');
		}
		default: {
			const id = textAt(button, 'reply', 'id');
			const title = textAt(button, 'reply', 'title');
			const answer = {
				type: 'interactive',
				interactive: { type: 'button_reply', button_reply: { id, title } },
			};
			return bubbleButton('reply', title, () => chat.send(answer, messageId), {
				'data-reply-id': id,
			});
		}
	}
}

export const replyButtonsView: MessageView = {
	draw: ({ id, body }, chat) => {
		const interactive = objectAt(body, 'interactive');
		const buttons = listAt(interactive, 'action', 'buttons');
		return {
			content: interactiveContent(interactive),
			buttons: foldedButtons(
				() => buttons.map((button) => drawButton(button, id, chat)),
				chat.host,
			),
			time: 'line',
		};
	},
	summary: ({ body }) => interactiveSummary(body['interactive'], 'Reply buttons'),
};
