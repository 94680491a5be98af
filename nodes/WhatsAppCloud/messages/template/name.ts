import type { INodeProperties } from 'n8n-workflow';
import { requiredId, templateName } from '../../values/id';
import { readAt, readParameter } from '../../values/schema/reading';
import { isNothing } from '../../values/numbers';
import { type Problems, type Values } from '../../values/row';

/** Separates name and language in the stored value of a template; names cannot contain it. */
const separator = ':';

/** The value that the list of templates stores for one. */
export const templateValue = (name: string, language: string): string =>
	name + separator + language;

/** Which template, and in which language. */
export interface TemplateName {
	name: string;
	language: string;
}

/** The fields that choose a template. */
export const templateFields: INodeProperties[] = [
	{
		displayName: 'Template',
		name: 'template',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		description: 'The approved template to send',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Choose a template',
				typeOptions: { searchListMethod: 'searchTemplates', searchable: true },
			},
			{
				displayName: 'By Name',
				name: 'name',
				type: 'string',
				placeholder: 'e.g. order_confirmation',
				hint: 'The name in WhatsApp Manager, or name and language as in order_confirmation:en_US',
			},
		],
	},
	{
		displayName: 'Language',
		name: 'language',
		type: 'string',
		default: 'en_US',
		required: true,
		placeholder: 'e.g. en_US',
		hint: 'The code in WhatsApp Manager, such as en_US, pt_BR or de',
		// A template from the list includes its language. No regular expression: n8n gives one 250 ms and
		// fails the execution if a busy machine needs longer.
		displayOptions: {
			show: { template: [{ _cnd: { exists: true } }] },
			hide: { template: [{ _cnd: { includes: separator } }] },
		},
	},
];

const templateSchema = requiredId();
const languageSchema = requiredId();

/** Reads name and language; null if a problem was reported. */
export function readTemplateName(values: Values, problems: Problems): TemplateName | null {
	const given = readParameter(templateSchema, values, 'template', problems);
	if (given === undefined) return null;
	const [written, ofTemplate] = given.split(separator);
	const name = readAt(templateName, written, ['template'], problems);
	if (name === undefined) return null;
	if (!isNothing(ofTemplate)) return { name, language: String(ofTemplate).trim() };
	const language = readParameter(languageSchema, values, 'language', problems);
	return language === undefined ? null : { name, language };
}
