import { objectAt, textAt } from '../../data/json.ts';
import { bubbleLink } from '../buttons.ts';
import type { MessageView } from '../view.ts';
import { interactiveContent, interactiveSummary } from './frame.ts';

export const ctaUrlView: MessageView = {
	draw: ({ body }) => {
		const interactive = objectAt(body, 'interactive');
		const parameters = objectAt(interactive, 'action', 'parameters');
		const address = textAt(parameters, 'url');
		return {
			content: interactiveContent(interactive),
			buttons: [bubbleLink('external', textAt(parameters, 'display_text') || address, address)],
			time: 'line',
		};
	},
	summary: ({ body }) => interactiveSummary(body['interactive'], 'Link'),
};
