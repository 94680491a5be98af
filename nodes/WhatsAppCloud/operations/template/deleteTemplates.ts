import { z } from 'zod/v4';
import { templateField } from '../../fields/locators/templateField';
import { defineGraphOperation } from '../../node/management/graphOperation';
import { businessAccount } from '../../node/management/target';
import { choiceOf } from '../../values/choice';
import { readAt } from '../../values/schema/reading';
import { report, step } from '../../values/schema/singleStep';
import { isNothing } from '../../values/numbers';
import { templateName } from '../../values/id';
import { templateIds, templateIdsField, templateIdSchema } from './templateTarget';

const ways = ['template', 'name', 'ids'] as const;

/** The parameter that says what to delete. */
const parameterOf = { template: 'templateId', name: 'templateName', ids: 'templateIds' } as const;

const orNothing = <Schema extends z.ZodType>(schema: Schema) =>
	step((value, context): z.output<Schema> | undefined =>
		isNothing(value) ? undefined : readAt(schema, value, [], context),
	);

const shownFor = (way: (typeof ways)[number]) => ({
	displayOptions: { show: { deleteBy: [way] } },
});

/**
 * Deletes templates: one, all languages of a name, or several.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-management#delete-templates
 */
export const deleteTemplates = defineGraphOperation({
	name: 'Delete',
	action: 'Delete templates',
	description: 'Delete a template, all languages of a name, or up to 100 templates at once',
	permission: 'whatsapp_business_management',
	target: businessAccount,
	fields: [
		{
			displayName: 'Delete',
			name: 'deleteBy',
			type: 'options',
			options: [
				{
					name: 'All Languages of a Name',
					value: 'name',
					description: 'The name of an approved template then stays blocked for 30 days',
				},
				{ name: 'One Template', value: 'template', description: 'In one language' },
				{
					name: 'Several Templates',
					value: 'ids',
					description: 'Up to 100 by ID; all of them or none',
				},
			],
			default: 'template',
		},
		{
			...templateField('templateId', 'Template', 'The template, in one of its languages'),
			...shownFor('template'),
		},
		{
			displayName: 'Name',
			name: 'templateName',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. order_shipped',
			...shownFor('name'),
		},
		{
			...templateIdsField('Meta deletes all of them, or none if one cannot be deleted'),
			...shownFor('ids'),
		},
	],
	shape: {
		deleteBy: choiceOf(ways).default('template'),
		templateId: orNothing(templateIdSchema),
		templateName: orNothing(templateName),
		templateIds: orNothing(templateIds()),
	},
	check(values, problems) {
		const parameter = parameterOf[values.deleteBy];
		if (values[parameter] === undefined) report(problems, [parameter], 'is empty', 'missing');
	},
	request: (values) => ({
		method: 'DELETE',
		edge: 'message_templates',
		query:
			values.deleteBy === 'name'
				? { name: values.templateName }
				: { hsm_ids: JSON.stringify(idsOf(values)) },
	}),
	item: (_answer, values) => ({
		deleted: true,
		name: values.deleteBy === 'name' ? (values.templateName ?? null) : null,
		templateIds: values.deleteBy === 'name' ? null : idsOf(values),
	}),
	outputSchema: { deleted: 'boolean', name: 'string', templateIds: ['string'] },
});

/** IDs of the templates to delete, each with one language. */
function idsOf(values: {
	deleteBy: (typeof ways)[number];
	templateId?: string | undefined;
	templateIds?: string[] | undefined;
}): string[] {
	if (values.deleteBy === 'ids') return values.templateIds ?? [];
	return values.templateId === undefined ? [] : [values.templateId];
}
