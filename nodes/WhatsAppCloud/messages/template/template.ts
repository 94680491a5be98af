import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { shownFor } from '../../fields/shownFor';
import { outsideWindowPath } from '../../fields/outsideWindow';
import { defineMessage, type OwnEnvelope } from '../messageType';
import { report, rowOf } from '../../values/row';
import { choicesOf } from './component';
import {
	buildComponents,
	components,
	mendComponents,
	readComponents,
	readWireComponents,
} from './components';
import { marketingMembers, marketingOption, readMarketing } from './marketing';
import { readTemplateName, templateFields } from './name';
import { breaksOption, readMending } from './variableText';

/** Shown in the empty JSON field. */
const exampleComponents = [
	{ type: 'body', parameters: [{ type: 'text', text: 'Ada' }] },
	{
		type: 'button',
		sub_type: 'url',
		index: '0',
		parameters: [{ type: 'text', text: 'orders/1001' }],
	},
];

const partFields = Object.entries(components).flatMap(([kind, { fields }]) =>
	shownFor(fields, 'templateParts', kind),
);

const fields: INodeProperties[] = [
	...templateFields,
	{
		displayName: 'Specify Values',
		name: 'componentsInput',
		type: 'options',
		options: [
			{ name: 'In Fields', value: 'fields' },
			{
				name: 'As JSON',
				value: 'json',
				description: "All components at once, as in Meta's documentation",
			},
		],
		default: 'fields',
	},
	...shownFor(
		[
			{
				displayName: 'Parts With Values',
				name: 'templateParts',
				type: 'multiOptions',
				options: choicesOf(components),
				default: ['body'],
				hint: 'Leave empty for a template without variables',
				description: 'The parts of the template that need a variable, a file or a button value',
			},
			...partFields,
		],
		'componentsInput',
		'fields',
	),
	...shownFor(
		[
			{
				displayName: 'Components (JSON)',
				name: 'componentsJson',
				type: 'json',
				typeOptions: { rows: 10 },
				default: JSON.stringify(exampleComponents, null, 2),
				hint: 'A list of objects, each with a type such as header, body or button',
				description: "The components as in Meta's documentation, with files by ID or link",
			},
		],
		'componentsInput',
		'json',
	),
];

/**
 * A message that Meta has approved beforehand, which may be sent at any time. For what else may
 * start a conversation, see `fields/outsideWindow.ts`.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/guides/send-message-templates
 */
export const template = defineMessage({
	fields,
	options: [breaksOption, marketingOption],
	schema: rowOf((values, context) => {
		const name = readTemplateName(values, context);
		const isJson = values['components'] !== undefined;
		const mending = readMending(values['options'], context);
		const read = isJson ? {} : readComponents(values, mending, context);
		const given = isJson ? readWireComponents(values, mending, context) : [];
		const marketing = readMarketing(values['options'], context);
		return name === null ? z.NEVER : { ...name, read, given, mending, marketing };
	}),
	build({ name, language, read, given, mending, marketing }) {
		const parts = mendComponents([...buildComponents(read), ...given], mending);
		return {
			type: 'template',
			template: {
				name,
				language: { code: language },
				...(parts.length === 0 ? {} : { components: parts }),
			},
			...(marketing === undefined ? {} : marketingMembers(marketing)),
		};
	},
	outsideWindow(_, problems) {
		const problem = 'is not needed with a template, which goes at any time; remove the option';
		report(problems, outsideWindowPath, problem);
	},
	envelope: ({ marketing }): OwnEnvelope =>
		marketing === undefined ? {} : { endpoint: 'marketing_messages' },
});
