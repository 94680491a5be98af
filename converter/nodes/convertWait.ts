import { recordOf, textOf, type Parameters } from '../workflow/workflow.ts';
import { filled, unknownNames, type ConvertNode } from './conversion.ts';
import { formOf } from './convertForm.ts';
import { sent } from './convertMessage.ts';
import { answerShape } from './resultShapes.ts';
import { SharedFields } from './sharedFields.ts';

/** A button's label is cut by no one: a longer one is an error. */
const maxLabelCharacters = 20;

/** What n8n's node writes below its links, and into its form; a chat has none of them. */
const ofForms = [
	'appendAttribution',
	'messageButtonLabel',
	'responseFormTitle',
	'responseFormDescription',
	'responseFormButtonLabel',
	'responseFormCustomCss',
];

/**
 * Message › Send and Wait for Response. n8n's node sends links to a page of n8n; here, the person
 * answers in the chat.
 */
export const convertWait: ConvertNode = (_node, parameters) => {
	const { responseType = 'approval', message } = parameters;
	const options = recordOf(parameters['options']);
	const isForm = responseType === 'customForm';
	const form = isForm ? formOf(parameters) : null;
	if (isForm && form === null) {
		return { left: 'asks by a form that a chat cannot ask; build it anew' };
	}
	const fields = new SharedFields(parameters);
	fields.dropped(unknownNames(options, ['limitWaitTime', ...ofForms]));
	fields.toDo.push(
		'The person answers in the chat now, by a button or a text, and no longer on a page of n8n. That needs a published workflow with a WhatsApp Cloud Trigger for the same app.',
	);
	if (isForm) {
		fields.toDo.push(
			'The form is asked question after question now, and each has to be answered. A WhatsApp Flow can ask all at once: Form Type.',
		);
	}
	const limit = recordOf(options['limitWaitTime']);
	const hasLimit = Object.keys(limit).length > 0;
	if (hasLimit) {
		fields.toDo.push(
			'When the time is up, the item leaves by the second output, Timed Out, which is connected like the first.',
		);
	}
	const own = {
		message: fields.required(message, 'Message'),
		responseType: isForm ? 'form' : responseType,
		...form?.parameters,
		...(responseType === 'approval' ? approvalOf(parameters, fields) : {}),
		...(hasLimit ? { options: { limitWaitTime: limit } } : {}),
	};
	const operation = { operation: 'sendAndWait', as: 'Send and Wait for Response' };
	return { ...sent(operation, own, fields), shape: form?.shape ?? answerShape };
};

function approvalOf(parameters: Parameters, fields: SharedFields): Parameters {
	const values = recordOf(recordOf(parameters['approvalOptions'])['values']);
	const { approvalType = 'single', approveLabel = '✓ Approve' } = values;
	const { disapproveLabel = '✗ Decline' } = values;
	const isDouble = approvalType === 'double';
	return filled({
		approvalType,
		approveLabel: shortened(approveLabel, 'Approve Button', fields),
		denyLabel: isDouble ? shortened(disapproveLabel, 'Deny Button', fields) : '',
	});
}

function shortened(label: unknown, field: string, fields: SharedFields): string {
	const text = textOf(label);
	if (text.startsWith('=') || Array.from(text).length <= maxLabelCharacters) return text;
	fields.toDo.push(`${field} was "${text}", and has up to ${maxLabelCharacters} characters here.`);
	return Array.from(text).slice(0, maxLabelCharacters).join('');
}
