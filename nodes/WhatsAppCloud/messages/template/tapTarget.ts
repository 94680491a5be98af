import { webAddress } from '../../values/webAddress';
import { urlField } from '../interactive/parts';
import { readParameter, requiredText } from '../../values/schema/reading';
import { isNothing } from '../../values/numbers';
import { defineComponent } from './component';

const title = requiredText(Infinity);

/**
 * Makes a template's picture open a web page, with a title instead of the bare address.
 * https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates/tap-target-url-title-override
 */
export const tapTarget = defineComponent({
	name: 'Tap Target',
	description: 'A web page that opens when the image is tapped',
	fields: [
		{
			displayName: 'Tap Target Title',
			name: 'tapTargetTitle',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Offer Details',
		},
		{
			...urlField,
			displayName: 'Tap Target URL',
			name: 'tapTargetUrl',
			required: true,
			description: 'The web page that opens when the image is tapped',
		},
	],
	read(values, problems) {
		if (isNothing(values['tapTargetTitle']) && values['tapTargetUrl'] === undefined) return null;
		const text = readParameter(title, values, 'tapTargetTitle', problems);
		const url = readParameter(webAddress, values, 'tapTargetUrl', problems);
		return text === undefined || url === undefined ? null : { title: text, url };
	},
	build: (value) => [
		{
			type: 'tap_target_configuration',
			parameters: [
				{
					type: 'tap_target_configuration',
					tap_target_configuration: [{ url: value.url, title: value.title }],
				},
			],
		},
	],
});
