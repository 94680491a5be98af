import { z } from 'zod/v4';
import { defineMessage } from './messageType';
import { requiredText } from './limits';

/** Longest text of one message, in characters. */
export const maxTextCharacters = 4096;

/** A plain text. https://developers.facebook.com/docs/whatsapp/cloud-api/messages/text-messages */
export const text = defineMessage({
	fields: [
		{
			displayName: 'Text',
			name: 'text',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			required: true,
			placeholder: 'e.g. Hello! Your order is on its way.',
			description:
				'What to say, up to 4,096 characters. WhatsApp formatting works: *bold*, _italic_, ~strikethrough~, ```monospace```.',
		},
		{
			displayName: 'Preview Link',
			name: 'previewUrl',
			type: 'boolean',
			default: false,
			description: 'Whether WhatsApp shows a preview of the first link in the text',
		},
	],
	schema: z.object({
		text: requiredText(maxTextCharacters),
		previewUrl: z.boolean({ error: 'must be true or false' }).default(false),
	}),
	build: ({ text: body, previewUrl }) => ({
		type: 'text',
		text: { body, ...(previewUrl ? { preview_url: true } : {}) },
	}),
});
