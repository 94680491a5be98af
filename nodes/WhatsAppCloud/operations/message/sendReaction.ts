import { reaction } from '../../messages/reaction';
import { sendOperation } from './send';

export const sendReaction = sendOperation({
	name: 'Send Reaction',
	action: 'Send or remove reaction',
	description: 'React to an incoming message with an emoji, or remove the reaction',
	message: reaction,
	canReply: false,
});
