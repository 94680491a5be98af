import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { shownFor } from '../../fields/shownFor';
import { outsideWindowPath } from '../../fields/outsideWindow';
import { defineMessage, type OwnEnvelope } from '../messageType';
import { filledText } from '../../templates/plan';
import type { ValuesById } from '../../templates/messageFields';
import { isNothing } from '../../values/numbers';
import { report, rowOf, type Problems, type Values } from '../../values/row';
import { choicesOf, type WireComponent } from './component';
import {
	buildComponents,
	components,
	mendComponents,
	readComponents,
	readWireComponents,
} from './components';
import { componentsOf, mapperField, readMapped, type MappedTemplate } from './mapped';
import { readTemplateName, templateFields, type TemplateName } from './name';
import { marketingMembers, marketingOption, readMarketing } from './options/marketing';
import { previewOption, readPreview } from './options/preview';
import { languageOption, readLanguage } from './options/recipientLanguage';
import { breaksOption, mendVariableText, readMending, type Mending } from './variableText';

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
			{
				name: 'From the Template',
				value: 'template',
				description: 'One field for each value that the chosen template takes',
			},
			{
				name: 'By Hand',
				value: 'fields',
				description: 'For a template that the editor cannot look up',
			},
			{
				name: 'As JSON',
				value: 'json',
				description: "All components at once, as in Meta's documentation",
			},
		],
		default: 'template',
	},
	...shownFor([mapperField], 'componentsInput', 'template'),
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

/** What the values of a template are given by: Meta's JSON, the panel's inputs, or by hand. */
function readParts(values: Values, name: TemplateName, mending: Mending, problems: Problems) {
	const parts = {
		read: {},
		given: [] as WireComponent[],
		mapped: (): MappedTemplate | null => null,
	};
	if (values['components'] !== undefined) {
		return { ...parts, given: readWireComponents(values, name, mending, problems) };
	}
	if (values[mapperField.name] === undefined) {
		return { ...parts, read: readComponents(values, mending, problems) };
	}
	const mapped = readMapped(values, name, givesParts(values), problems);
	return {
		...parts,
		read: componentsOf(mapped, values, mending, problems),
		// A function, so that the search for files in these values passes it by.
		mapped: () => mapped,
	};
}

/** The values as they reach the person. */
const mended = (values: ValuesById, mending: Mending): ValuesById =>
	mending === null
		? values
		: Object.fromEntries(
				Object.entries(values).map(([id, value]) => [
					id,
					typeof value === 'string' ? mendVariableText(value, mending) : value,
				]),
			);

const partNames = new Set(partFields.map((field) => field.name));

/** Whether the item gives parts by the names of the fields, which the panel does not show. */
const givesParts = (values: Values): boolean =>
	Object.keys(values).some((name) => partNames.has(name) && !isNothing(values[name]));

/**
 * A message that Meta has approved beforehand, which may be sent at any time. For what else may
 * start a conversation, see `fields/outsideWindow.ts`.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/guides/send-message-templates
 */
export const template = defineMessage({
	fields,
	options: [breaksOption, languageOption, marketingOption, previewOption],
	schema: rowOf((values, context) => {
		const name = readTemplateName(values, context);
		const { options } = values;
		const mending = readMending(options, context);
		const read = {
			mending,
			marketing: readMarketing(options, context),
			recipientLanguage: readLanguage(options, context),
			isPreview: readPreview(options, context),
		};
		return name === null
			? z.NEVER
			: { ...name, ...read, ...readParts(values, name, mending, context) };
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
	details({ name, language, mapped, mending }) {
		const { plan = null, byId = {} } = mapped() ?? {};
		const isKnown = plan !== null && Object.keys(plan.texts).length > 0;
		const text = isKnown ? filledText(plan, mended(byId, mending)) : null;
		return { template: { name, language, category: plan?.category ?? null, text } };
	},
	outsideWindow(_, problems) {
		const problem = 'is not needed with a template, which goes at any time; remove the option';
		report(problems, outsideWindowPath, problem);
	},
	envelope: ({ marketing }): OwnEnvelope =>
		marketing === undefined ? {} : { endpoint: 'marketing_messages' },
});

/** A template message, checked. */
export type TemplateMessage = z.output<typeof template.schema>;
