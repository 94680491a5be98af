import { buttons } from '../../messages/interactive/buttons';
import { chooseMessage } from '../../messages/messageType';
import { sendOperation } from './send';

export const sendInteractive = sendOperation({
	name: 'Send Interactive Message',
	action: 'Send interactive message',
	description: 'Send buttons, a list, a link button, a Flow and other messages that can be tapped',
	message: chooseMessage(
		{
			displayName: 'Type',
			name: 'interactiveType',
			default: 'button',
			description: 'What the recipient can tap',
		},
		{
			button: { name: 'Reply Buttons', message: buttons },
		},
	),
});
