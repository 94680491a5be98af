import { isExpression, recordOf, textOf, type Parameters } from '../workflow/workflow.ts';
import { filled, type ConvertNode } from './conversion.ts';

/** What the field `messages` brings besides statuses. */
const messageEvents = ['message', 'errors'];
const statusEvents = ['status', 'payment'];

/** The statuses that the panel offers. */
const offered = ['sent', 'delivered', 'read', 'played', 'failed'];

/**
 * n8n's WhatsApp Trigger. It subscribes the app to fields; this trigger takes everything that comes
 * for the app and starts executions for the same events.
 */
export const convertTrigger: ConvertNode = (_node, parameters) => {
	const toDo: string[] = [];
	const { events, statuses } = chosenEvents(parameters, toDo);
	return {
		type: 'whatsAppCloudTrigger',
		parameters: filled({ registration: 'app', events, statuses, outputFormat: 'builtIn' }),
		as: "WhatsApp Cloud Trigger, with the items of n8n's WhatsApp Trigger",
		shape: null,
		toDo: [
			'Unpublish the old workflow before you publish this one: an app at Meta has one callback, and unpublishing the old trigger removes it.',
			...toDo,
		],
	};
};

function chosenEvents(
	{ updates, options }: Parameters,
	toDo: string[],
): { events: unknown; statuses: unknown } {
	if (isExpression(updates)) {
		toDo.push('Trigger On was an expression. Now all events start the workflow; choose Events.');
		return { events: ['*'], statuses: undefined };
	}
	const chosen = Array.isArray(updates) ? updates.map(textOf).filter(Boolean) : [];
	if (chosen.length === 0) {
		toDo.push('Trigger On was empty. Messages and their statuses start the workflow now.');
		chosen.push('messages');
	}
	const { messageStatusUpdates } = recordOf(options);
	const wanted = Array.isArray(messageStatusUpdates) ? messageStatusUpdates.map(textOf) : ['all'];
	const isAll = wanted.includes('all');
	const events = chosen.flatMap((field) => {
		if (field !== 'messages') return [field];
		if (isAll) return [...messageEvents, ...statusEvents];
		return wanted.length === 0 ? messageEvents : [...messageEvents, 'status'];
	});
	if (isAll || wanted.length === 0) return { events, statuses: undefined };
	const isOffered = wanted.every((status) => offered.includes(status));
	return { events, statuses: isOffered ? wanted : `={{ ${JSON.stringify(wanted)} }}` };
}
