import { recipientField } from '../../fields/recipientField';
import { custom } from '../../messages/custom';
import { sendOperation } from './send';

export const sendCustom = sendOperation({
	name: 'Send Custom Message',
	action: 'Send custom message',
	description: 'Send any body that the API takes, written as JSON',
	message: custom,
	recipient: {
		...recipientField,
		required: false,
		description: `${recipientField.description ?? ''} Not needed where the JSON has "to" or "recipient", which count first.`,
	},
});
