import { z } from 'zod/v4';
import type { INodeProperties } from 'n8n-workflow';
import { shownFor } from '../../../fields/shownFor';
import { categories } from '../../../templates/creation/definition';
import {
	formParts,
	partFields,
	partNames,
	readPartNames,
	type PartName,
} from '../../../templates/creation/definitionForm';
import { choiceOf } from '../../../values/choice';
import { collectionOf } from '../../../values/json/json';
import { readParameter } from '../../../values/schema/reading';
import { optionalNumber } from '../../../values/numbers';
import { report, rowOf, type Values } from '../../../values/row';
import { truth } from '../../../values/truth';
import { templateIdSchema } from '../templateTarget';
import { categoryField, linkTrackingOption, previewOnlyOption, ttlOption } from './creationFields';

const sources = ['fields', 'json'] as const;

const partOptions = partNames.map((name) => ({ name: formParts[name].name, value: name }));

/** The components as they are, to read or to copy. What it holds changes nothing. */
const presentComponents: INodeProperties = {
	displayName: 'Present Components',
	name: 'presentComponents',
	type: 'resourceMapper',
	noDataExpression: true,
	default: { mappingMode: 'defineBelow', value: null },
	description: 'The whole template as Meta has it now. Copy it to change it as JSON.',
	typeOptions: {
		loadOptionsDependsOn: ['templateId.value'],
		resourceMapper: {
			resourceMapperMethod: 'getPresentComponents',
			mode: 'add',
			valuesLabel: 'Present Components',
			fieldWords: { singular: 'template', plural: 'templates' },
			supportAutoMap: false,
			hideNoDataError: true,
			refreshStaleSchemaOnOpen: true,
		},
	},
};

/** The fields of a change, without the template. */
export const updateFields: INodeProperties[] = [
	presentComponents,
	{
		displayName: 'Update From',
		name: 'updateFrom',
		type: 'options',
		options: [
			{ name: 'Fields', value: 'fields', description: 'Some parts; the others stay as they are' },
			{ name: 'JSON', value: 'json', description: 'All components at once' },
		],
		default: 'fields',
	},
	...shownFor(
		[
			{
				displayName: 'Parts to Change',
				name: 'parts',
				type: 'multiOptions',
				options: partOptions,
				default: ['body'],
				description:
					'The parts to replace or add. Meta takes a template as a whole: the present one is read first, and its other parts are sent along.',
			},
			...partFields,
			{
				displayName: 'Parts to Remove',
				name: 'removedParts',
				type: 'multiOptions',
				options: partOptions.filter(({ value }) => value !== 'body'),
				default: [],
			},
		],
		'updateFrom',
		'fields',
	),
	{
		displayName: 'Template (JSON)',
		name: 'templateJson',
		type: 'json',
		typeOptions: { rows: 10 },
		default: '[]',
		hint: 'The list of all components, or an object that has them',
		description: 'As in Meta’s documentation, or an item of Get with changes',
		displayOptions: { show: { updateFrom: ['json'] } },
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				...categoryField,
				description: 'A new category, which an approved template cannot get',
			},
			linkTrackingOption,
			{
				...previewOnlyOption,
				description:
					'Whether to return the present and the new components, without uploading or sending anything',
			},
			ttlOption,
		],
	},
];

const options = collectionOf({
	category: choiceOf(categories),
	noLinkTracking: truth,
	previewOnly: truth,
	ttlSeconds: optionalNumber({ min: -1, max: 2_592_000, unit: 'seconds' }),
});

/** A change as the panel has it. What the parts say is read once the present template is known. */
export interface TemplateChange {
	templateId: string;
	from: (typeof sources)[number];
	parts: PartName[];
	removed: PartName[];
	options: z.output<typeof options>;
	/** All parameters, for the form and the JSON. */
	values: Values;
}

/** Checks what can be checked without the present template. */
export const updateSchema = rowOf((values, problems): TemplateChange => {
	const templateId = readParameter(templateIdSchema, values, 'templateId', problems);
	const from = readParameter(choiceOf(sources).default('fields'), values, 'updateFrom', problems);
	const given = readParameter(options, values, 'options', problems) ?? {};
	const ofFields = from === 'fields';
	const parts = ofFields ? readPartNames(values, 'parts', problems) : [];
	const removed = ofFields ? readPartNames(values, 'removedParts', problems) : [];
	const both = parts.find((part) => removed.includes(part));
	if (both !== undefined) {
		report(problems, ['removedParts'], `has ${formParts[both].name}, which is to be changed`);
	}
	const changes = Object.keys(given).filter((name) => name !== 'previewOnly');
	const hasChange = parts.length + removed.length + changes.length > 0;
	if (ofFields && !hasChange) {
		report(problems, ['parts'], 'is empty, and nothing else is to be changed', 'missing');
	}
	if (templateId === undefined || from === undefined) return z.NEVER;
	return { templateId, from, parts, removed, options: given, values };
});
