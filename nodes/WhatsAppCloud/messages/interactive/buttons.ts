import { z } from 'zod/v4';
import { listFields } from '../../fields/list';
import { requiredText } from '../../values/limits';
import { checkUnique, listOf } from '../../values/list';
import { defineVariant } from '../messageType';
import { rowWith } from '../../values/row';
import { allHeaderKinds, headerFields, withHeader, headerPart } from './header';
import {
	bodyField,
	bodySchema,
	footerField,
	footerPart,
	footerSchema,
	maxBodyCharacters,
} from './parts';

const maxButtons = 3;
const maxTitleCharacters = 20;
const maxIdCharacters = 256;

/**
 * Up to three quick answers below a text.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/messages/interactive-reply-buttons-messages
 */
export const buttons = defineVariant({
	name: 'Reply Buttons',
	description: 'Up to three quick answers',
	fields: [
		...headerFields(allHeaderKinds),
		bodyField(maxBodyCharacters),
		footerField,
		...listFields({
			name: 'buttons',
			displayName: 'Buttons',
			rowName: 'button',
			rowDisplayName: 'Button',
			hint: 'One to three buttons',
			jsonExample: [
				{ id: 'yes', title: 'Yes' },
				{ id: 'no', title: 'No' },
			],
			row: [
				{
					displayName: 'Title',
					name: 'title',
					type: 'string',
					default: '',
					placeholder: 'e.g. Yes, please',
					hint: 'Up to 20 characters, different on every button',
				},
				{
					displayName: 'ID',
					name: 'id',
					type: 'string',
					default: '',
					placeholder: 'e.g. yes',
					hint: 'Up to 256 characters, different on every button',
					description: 'Comes back as replyId when the button is tapped',
				},
			],
		}),
	],
	schema: withHeader(
		allHeaderKinds,
		z.object({
			body: bodySchema,
			footer: footerSchema,
			buttons: listOf(
				rowWith({
					id: requiredText(maxIdCharacters).transform((id) => id.trim()),
					title: requiredText(maxTitleCharacters),
				}),
				{ min: 1, max: maxButtons },
			).check((context) => {
				checkUnique(context, 'id');
				checkUnique(context, 'title');
			}),
		}),
	),
	build: ({ header, body, footer, buttons: rows }) => ({
		type: 'interactive',
		interactive: {
			type: 'button',
			...headerPart(header),
			body: { text: body },
			...footerPart(footer),
			action: { buttons: rows.map((reply) => ({ type: 'reply', reply })) },
		},
	}),
});
