import { defineGraphOperation } from '../../node/management/graphOperation';
import { phoneNumber } from '../../node/management/target';
import { choiceOf } from '../../values/choice';
import { imageFormats, linkItem, linkShape, messageField, messageSchema } from './linkItem';

/**
 * Creates a link and a QR code that open a chat with a text.
 * https://developers.facebook.com/docs/whatsapp/business-management-api/qr-codes
 */
export const createLink = defineGraphOperation({
	name: 'Create',
	action: 'Create message link with QR code',
	description: 'Create a short link and a QR code that open a chat with a text',
	permission: 'whatsapp_business_management',
	target: phoneNumber,
	fields: [
		messageField,
		{
			displayName: 'QR Image',
			name: 'imageFormat',
			type: 'options',
			options: [
				{ name: 'None', value: 'none' },
				{ name: 'PNG', value: 'PNG' },
				{ name: 'SVG', value: 'SVG' },
			],
			default: 'PNG',
			description: 'The format of the picture whose address the item gets',
		},
	],
	shape: {
		prefilledMessage: messageSchema,
		imageFormat: choiceOf(['none', ...imageFormats]).default('PNG'),
	},
	request: ({ prefilledMessage, imageFormat }) => ({
		method: 'POST',
		edge: 'message_qrdls',
		json: {
			prefilled_message: prefilledMessage,
			...(imageFormat === 'none' ? {} : { generate_qr_image: imageFormat }),
		},
	}),
	item: (answer, _, { id }) => linkItem(answer, id),
	outputSchema: linkShape,
});
