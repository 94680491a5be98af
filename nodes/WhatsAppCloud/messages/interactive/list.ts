import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { alwaysShown, listFields } from '../../fields/listField';
import { nestedListField } from '../../fields/nestedList';
import { optionalId } from '../../values/id';
import { optionalText, requiredText } from '../../values/schema/reading';
import { listOf } from '../../values/list';
import { defineVariant } from '../messageType';
import { report, rowWith } from '../../values/row';
import { headerFields, headerPart, withHeader, type HeaderKind } from './header';
import { takingAction } from './metaShape';
import { withIdOf } from './reply';
import { bodyField, buttonTextField, footerField, footerSchema, interactive } from './parts';
import { checkSectionTitles, checkTotal, sectionTitleField, sectionTitleSchema } from './sections';

const headerKinds: readonly HeaderKind[] = ['text'];

/** Longer than in any other interactive message. */
const maxBodyCharacters = 4096;
const maxButtonCharacters = 20;
const maxSections = 10;
/** In all sections together. */
const maxRows = 10;
const maxRowIdCharacters = 200;
const maxRowTitleCharacters = 24;
const maxRowDescriptionCharacters = 72;

const rowFields: INodeProperties[] = [
	alwaysShown({
		displayName: 'Title',
		name: 'title',
		type: 'string',
		default: '',
		placeholder: 'e.g. Priority Mail',
		hint: 'Up to 24 characters',
	}),
	alwaysShown({
		displayName: 'Description',
		name: 'description',
		type: 'string',
		default: '',
		placeholder: 'e.g. 1 to 3 days',
		hint: 'Optional, up to 72 characters',
		description: 'Small print below the title',
	}),
	{
		displayName: 'ID',
		name: 'id',
		type: 'string',
		default: '',
		placeholder: 'e.g. priority_mail',
		hint: 'Up to 200 characters, different in every row',
		description: 'Returned as replyId when the row is chosen. Leave empty to use the title.',
	},
];

const row = rowWith({
	id: optionalId(maxRowIdCharacters),
	title: requiredText(maxRowTitleCharacters),
	description: optionalText(maxRowDescriptionCharacters),
}).transform(withIdOf);

/**
 * A button that opens a sheet of rows to choose one from.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/messages/interactive-list-messages
 */
export const list = defineVariant({
	name: 'List',
	description: 'Up to ten rows to choose from',
	fields: [
		...headerFields(headerKinds),
		bodyField(maxBodyCharacters),
		footerField,
		buttonTextField(maxButtonCharacters, {
			placeholder: 'e.g. Shipping Options',
			description: 'The label of the button that opens the list',
		}),
		...listFields({
			name: 'sections',
			displayName: 'Sections',
			rowName: 'section',
			rowDisplayName: 'Section',
			hint: 'One to ten sections with ten rows in all. With several sections each needs a title.',
			jsonExample: [
				{
					title: 'Delivery',
					rows: [
						{ id: 'priority', title: 'Priority Mail', description: '1 to 3 days' },
						{ id: 'ground', title: 'Ground', description: '2 to 5 days' },
					],
				},
			],
			row: [
				sectionTitleField,
				nestedListField({
					name: 'rows',
					displayName: 'Rows',
					rowName: 'row',
					rowDisplayName: 'Row',
					row: rowFields,
				}),
			],
		}),
	],
	schema: takingAction(
		{ type: 'list', parameter: 'sections', others: { button: 'buttonText' } },
		withHeader(
			headerKinds,
			z.object({
				body: requiredText(maxBodyCharacters),
				footer: footerSchema,
				buttonText: requiredText(maxButtonCharacters),
				sections: listOf(
					rowWith({
						title: sectionTitleSchema,
						rows: listOf(row, { min: 1, max: Infinity }, 'row'),
					}),
					{ min: 1, max: maxSections },
					'section',
				).check((context) => {
					checkSectionTitles(context);
					checkTotal(context, 'rows', maxRows);
					checkRowIds(context);
				}),
			}),
		),
	),
	build: ({ header, body, footer, buttonText, sections }) =>
		interactive(
			'list',
			{ header: headerPart(header), body, footer },
			{
				button: buttonText,
				sections: sections.map(({ title, rows }) => ({
					...(title === undefined ? {} : { title }),
					rows: rows.map(({ id, title: rowTitle, description }) => ({
						id,
						title: rowTitle,
						...(description === undefined ? {} : { description }),
					})),
				})),
			},
		),
});

/** The ID alone identifies a row, whichever section it is in. */
function checkRowIds(context: z.core.ParsePayload<{ rows: z.output<typeof row>[] }[]>): void {
	const seen = new Set<string>();
	for (const [sectionIndex, { rows }] of context.value.entries()) {
		for (const [rowIndex, { id }] of rows.entries()) {
			if (seen.has(id)) {
				report(
					context,
					[sectionIndex, 'rows', rowIndex, 'id'],
					`is used twice: "${id}"; each must be different`,
				);
			}
			seen.add(id);
		}
	}
}
