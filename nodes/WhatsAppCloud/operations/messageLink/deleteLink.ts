import { defineGraphOperation } from '../../node/management/graphOperation';
import { phoneNumber } from '../../node/management/target';
import { codeField, codeSchema } from './linkItem';

/** Deletes a link; its QR code no longer works, wherever it is printed. */
export const deleteLink = defineGraphOperation({
	name: 'Delete',
	action: 'Delete message link with QR code',
	description: 'Delete a link. Its QR code no longer works, wherever it is printed.',
	permission: 'whatsapp_business_management',
	target: phoneNumber,
	fields: [codeField],
	shape: { code: codeSchema },
	request: ({ code }) => ({ method: 'DELETE', edge: 'message_qrdls', entry: code }),
	item: (_, { code }) => ({ deleted: true, code }),
	outputSchema: { deleted: 'boolean', code: 'string' },
});
