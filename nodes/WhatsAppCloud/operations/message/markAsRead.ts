import { z } from 'zod/v4';
import { messageIdField } from '../../fields/messageId';
import { senderField } from '../../fields/senderField';
import { readReceipt } from '../../graph/endpoints/readReceipt';
import { optionalId, requiredMessageId } from '../../values/id';
import { defineOperation } from '../../node/operation';
import { senderOf } from '../../node/sender';
import { truth } from '../../values/truth';

/** Shows blue ticks for an incoming message and all earlier ones in the conversation. */
export const markAsRead = defineOperation({
	name: 'Mark as Read',
	action: 'Mark message as read',
	description: 'Mark an incoming message as read and, optionally, show a typing indicator',
	permission: 'whatsapp_business_messaging',
	fields: [
		{
			...senderField,
			displayName: 'Receiver',
			description:
				"The business phone number that received the message. Leave empty for the credential's default phone number.",
		},
		messageIdField({ description: 'The ID of the incoming message, from the trigger' }),
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Show Typing',
					name: 'typingIndicator',
					type: 'boolean',
					default: true,
					description: 'Whether to show a typing indicator until you answer, for up to 25 seconds',
				},
			],
		},
	],
	schema: z.object({
		phoneNumberId: optionalId(64),
		messageId: requiredMessageId,
		options: z.object({ typingIndicator: truth }).prefault({ typingIndicator: false }),
	}),
	outputSchema: {
		success: 'boolean',
		messageId: 'string',
		phoneNumberId: 'string',
		typingIndicator: 'boolean',
	},
	concurrency: 20,
	async execute(run, { phoneNumberId, messageId, options }) {
		const sender = senderOf(run, phoneNumberId);
		await run.graph.call({
			...readReceipt(sender, messageId, options.typingIndicator),
			idField: 'Sender',
			signal: run.signal,
		});
		return {
			success: true,
			messageId,
			phoneNumberId: sender,
			typingIndicator: options.typingIndicator,
		};
	},
});
