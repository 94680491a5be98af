import { textAt } from '../data/json.ts';
import { formattedText, plainLine } from '../text/formatted.ts';
import type { MessageView } from './view.ts';

/** The customer's tap on a quick reply of a template. */
export const quickReplyAnswerView: MessageView = {
	draw: ({ body }) => ({
		content: [formattedText(textAt(body, 'button', 'text') || textAt(body, 'button', 'payload'))],
		time: 'inline',
	}),
	summary: ({ body }) => plainLine(textAt(body, 'button', 'text')),
};
