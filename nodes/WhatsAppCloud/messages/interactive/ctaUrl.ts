import { z } from 'zod/v4';
import { readAt, requiredText } from '../../values/schema/reading';
import { truth } from '../../values/truth';
import { secureAddress, webAddress } from '../../values/webAddress';
import { defineVariant } from '../messageType';
import { allHeaderKinds, headerFields, headerPart, withHeader } from './header';
import {
	bodyField,
	bodySchema,
	buttonTextField,
	footerField,
	footerSchema,
	interactive,
	maxBodyCharacters,
	urlField,
} from './parts';

const maxButtonCharacters = 20;

/**
 * A button that opens a web page, instead of a long address in the text.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/messages/interactive-cta-url-messages
 */
export const ctaUrl = defineVariant({
	name: 'Link Button',
	description: 'A button that opens a web page',
	fields: [
		...headerFields(allHeaderKinds),
		bodyField(maxBodyCharacters),
		footerField,
		buttonTextField(maxButtonCharacters, {
			placeholder: 'e.g. See Dates',
			description: 'The label of the button',
		}),
		{ ...urlField, required: true },
		{
			displayName: 'Preview Payment Link',
			name: 'paymentLinkPreview',
			type: 'boolean',
			default: false,
			description:
				'Whether to show the amount beside a payment link. Meta must enable this for the account.',
		},
	],
	schema: withHeader(
		allHeaderKinds,
		z.object({
			body: bodySchema,
			footer: footerSchema,
			buttonText: requiredText(maxButtonCharacters),
			url: webAddress,
			paymentLinkPreview: truth,
		}),
	),
	outsideWindow({ url }, problems) {
		readAt(secureAddress, url, ['url'], problems);
	},
	build: ({ header, body, footer, buttonText, url, paymentLinkPreview }) =>
		interactive(
			'cta_url',
			{ header: headerPart(header), body, footer },
			{
				name: 'cta_url',
				parameters: {
					display_text: buttonText,
					url,
					...(paymentLinkPreview ? { payment_link_preview: true } : {}),
				},
			},
		),
});
