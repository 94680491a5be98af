import { z } from 'zod/v4';
import { messageIdField } from '../fields/messageId';
import { choiceOf } from '../values/choice';
import { requiredMessageId } from '../values/id';
import { optionalNumber } from '../values/numbers';
import { defineMessage } from './messageType';

const maxDays = 30;

/**
 * Pins or unpins a message in a group. A group shows at most three.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/groups/groups-messaging
 */
export const pin = defineMessage({
	fields: [
		{
			displayName: 'Action',
			name: 'pinAction',
			type: 'options',
			options: [
				{ name: 'Pin', value: 'pin', description: 'A group can have up to three pinned messages' },
				{ name: 'Unpin', value: 'unpin' },
			],
			default: 'pin',
		},
		messageIdField({ description: 'The ID of a message in this group, sent or received' }),
		{
			displayName: 'Days',
			name: 'pinDays',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: maxDays },
			default: 7,
			hint: '1 to 30 days',
			description: 'How long the message stays pinned',
			displayOptions: { show: { pinAction: ['pin'] } },
		},
	],
	schema: z.object({
		pinAction: choiceOf(['pin', 'unpin']).default('pin'),
		messageId: requiredMessageId,
		pinDays: optionalNumber({ min: 1, max: maxDays, unit: 'days' }),
	}),
	build: ({ pinAction, messageId, pinDays }) => ({
		type: 'pin',
		pin: {
			type: pinAction,
			message_id: messageId,
			...(pinAction === 'unpin' || pinDays === undefined ? {} : { expiration_days: pinDays }),
		},
	}),
});
