import { defineGraphList } from '../../node/management/graphList';
import { phoneNumber } from '../../node/management/target';
import { choiceOf } from '../../values/choice';
import { imageFormats, linkItem, linkShape } from './linkItem';

/** The most that Meta returns at once. */
const pageSize = 25;

/** Lists the links of a number with their QR codes. */
export const getLinks = defineGraphList({
	name: 'Get Many',
	action: 'Get many message links and QR codes',
	description: 'List the links of a number, with texts and QR codes',
	permission: 'whatsapp_business_management',
	target: phoneNumber,
	fields: [
		{
			displayName: 'QR Image',
			name: 'imageFormat',
			type: 'options',
			options: [
				{ name: 'PNG', value: 'PNG' },
				{ name: 'SVG', value: 'SVG' },
			],
			default: 'PNG',
			description: 'The items get the addresses of the pictures',
		},
	],
	shape: { imageFormat: choiceOf(imageFormats).default('PNG') },
	pageSize,
	request: ({ imageFormat }) => ({
		edge: 'message_qrdls',
		query: {
			fields: `code,prefilled_message,deep_link_url,qr_image_url.format(${imageFormat})`,
		},
	}),
	item: (entry, _, { id }) => linkItem(entry, id),
	outputSchema: linkShape,
});
