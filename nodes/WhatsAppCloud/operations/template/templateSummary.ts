import { defineGraphOperation } from '../../node/management/graphOperation';
import { businessAccount } from '../../node/management/target';
import { objectOf } from '../../values/unknown';
import { filterQuery, filterSchema, templateFilters } from './getTemplates';

const summaryMembers = [
	'total_count',
	'message_template_count',
	'message_template_limit',
	'are_translations_complete',
];

const countOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);

/** Counts templates, and tells how many more the account can have. */
export const templateSummary = defineGraphOperation({
	name: 'Get Summary',
	action: 'Get summary of templates',
	description: 'Count templates, and get how many the business account can have',
	permission: 'whatsapp_business_management',
	target: businessAccount,
	fields: [templateFilters],
	shape: { filters: filterSchema },
	request: ({ filters }) => ({
		method: 'GET',
		edge: 'message_templates',
		query: {
			fields: 'id',
			limit: 1,
			...filterQuery(filters),
			summary: summaryMembers.join(','),
		},
	}),
	item(answer) {
		const summary = objectOf(answer['summary']);
		const count = countOf(summary['message_template_count']);
		const limit = countOf(summary['message_template_limit']);
		return {
			found: countOf(summary['total_count']),
			templates: count,
			limit,
			left: count === null || limit === null ? null : limit - count,
			areTranslationsComplete:
				(summary['are_translations_complete'] as boolean | undefined) ?? null,
		};
	},
	outputSchema: {
		found: 'integer',
		templates: 'integer',
		limit: 'integer',
		left: 'integer',
		areTranslationsComplete: 'boolean',
	},
});
