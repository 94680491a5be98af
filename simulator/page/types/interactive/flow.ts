import { objectAt, textAt } from '../../data/json.ts';
import { openFlowForm } from '../../sheets/flow.ts';
import { bubbleButton } from '../buttons.ts';
import type { MessageView } from '../view.ts';
import { interactiveContent, interactiveSummary } from './frame.ts';

export const flowView: MessageView = {
	draw: ({ id, body }, chat) => {
		const interactive = objectAt(body, 'interactive');
		const parameters = objectAt(interactive, 'action', 'parameters');
		const label = textAt(parameters, 'flow_cta') || 'Open';
		return {
			content: interactiveContent(interactive),
			buttons: [
				bubbleButton('flow', label, () =>
					openFlowForm(chat, id, {
						title: label,
						flow: textAt(parameters, 'flow_name') || textAt(parameters, 'flow_id'),
						screen: textAt(parameters, 'flow_action_payload', 'screen'),
						token: textAt(parameters, 'flow_token'),
						data: objectAt(parameters, 'flow_action_payload', 'data'),
					}),
				),
			],
			time: 'line',
		};
	},
	summary: ({ body }) => interactiveSummary(body['interactive'], 'Flow'),
};
