import { reaction } from '../../messages/reaction';
import { sendOperation } from './send';

export const sendReaction = sendOperation({
	name: 'Send Reaction',
	action: 'Send reaction',
	description: 'Put an emoji on a message that came in, or take it away again',
	message: reaction,
	canReply: false,
});
