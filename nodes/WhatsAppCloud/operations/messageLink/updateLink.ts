import { defineGraphOperation } from '../../node/management/graphOperation';
import { phoneNumber } from '../../node/management/target';
import {
	codeField,
	codeSchema,
	linkItem,
	linkShape,
	messageField,
	messageSchema,
} from './linkItem';

/** Changes the text of a link; link and QR code stay. */
export const updateLink = defineGraphOperation({
	name: 'Update',
	action: 'Update message link with QR code',
	description: 'Change the text of a link. The link and its QR code stay the same.',
	permission: 'whatsapp_business_management',
	target: phoneNumber,
	fields: [codeField, messageField],
	shape: { code: codeSchema, prefilledMessage: messageSchema },
	request: ({ code, prefilledMessage }) => ({
		method: 'POST',
		edge: 'message_qrdls',
		json: { code, prefilled_message: prefilledMessage },
		isIdempotent: true,
	}),
	item: (answer, _, { id }) => linkItem(answer, id),
	outputSchema: linkShape,
});
