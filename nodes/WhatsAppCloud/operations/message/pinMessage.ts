import { recipientField } from '../../fields/recipientField';
import { pin } from '../../messages/pin';
import { sendOperation } from './send';

export const pinMessage = sendOperation({
	name: 'Pin Message',
	action: 'Pin message',
	description: 'Pin a message in a group of yours, or unpin it',
	message: pin,
	canReply: false,
	toGroup: true,
	recipient: {
		...recipientField,
		displayName: 'Group ID',
		placeholder: 'e.g. Y2FwaV9ncm91cDox',
		description: 'The ID of a group whose admin the sender is',
	},
});
