import { recipientField } from '../../fields/recipientField';
import { pin } from '../../messages/pin';
import { sendOperation } from './send';

export const pinMessage = sendOperation({
	name: 'Pin Message',
	action: 'Pin message in group',
	description: 'Pin a message in one of your groups, or unpin it',
	message: pin,
	canReply: false,
	toGroup: true,
	recipient: {
		...recipientField,
		displayName: 'Group ID',
		placeholder: 'e.g. Y2FwaV9ncm91cDox',
		description: 'The ID of a group that the sender administers',
	},
});
