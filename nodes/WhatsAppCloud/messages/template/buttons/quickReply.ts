import { readParameter, requiredText } from '../../../values/schema/reading';
import { defineButton } from './buttonKind';

/** Meta states no limit. */
const payload = requiredText(Infinity);

/** A text that comes back when the button is tapped. */
export const quickReply = defineButton({
	name: 'Quick Reply',
	description: 'A payload that comes back when the button is tapped',
	fields: [
		{
			displayName: 'Payload',
			name: 'payload',
			type: 'string',
			default: '',
			placeholder: 'e.g. confirm-1001',
			description:
				"Returned as replyId when the button is tapped. Without it, the button's text is returned.",
		},
	],
	read: (values, problems) => readParameter(payload, values, 'payload', problems) ?? null,
	build: (value) => [{ type: 'payload', payload: value }],
});
