import { recipientField } from '../../fields/recipientField';
import { custom } from '../../messages/custom';
import { sendOperation } from './send';

export const sendCustom = sendOperation({
	name: 'Send Custom Message',
	action: 'Send custom JSON message',
	description: 'Send any body that the API accepts, as JSON',
	message: custom,
	recipient: {
		...recipientField,
		required: false,
		description: `${recipientField.description ?? ''} Not needed if the JSON has "to" or "recipient", which take precedence.`,
	},
});
