import { templateField } from '../../fields/locators/templateField';
import { defineGraphOperation } from '../../node/management/graphOperation';
import { dayMs } from '../../time/durations';
import { choiceOf } from '../../values/choice';
import { report } from '../../values/schema/singleStep';
import { listIn, objectOf } from '../../values/unknown';
import { template, templateIdSchema } from './templateTarget';

/** The only periods that Meta compares, in days up to now. */
const periods = ['7', '30', '60', '90'] as const;

/**
 * Compares two templates: how often they were sent, and which one people block more.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-comparison
 */
export const compareTemplates = defineGraphOperation({
	name: 'Compare',
	action: 'Compare two templates',
	description: 'See which of two templates people block more, and how often each was sent',
	permission: 'whatsapp_business_management',
	target: template,
	fields: [
		templateField('otherTemplateId', 'Compare With', 'A template of the same business account'),
		{
			displayName: 'Period',
			name: 'days',
			type: 'options',
			options: periods.map((days) => ({ name: `Last ${days} Days`, value: days })),
			default: '30',
			description: 'Each template must have been sent at least 1,000 times in this period',
		},
	],
	shape: { otherTemplateId: templateIdSchema, days: choiceOf(periods).default('30') },
	check({ templateId, otherTemplateId }, problems) {
		if (templateId !== otherTemplateId) return;
		report(problems, ['otherTemplateId'], 'is the same template; choose another one');
	},
	request({ otherTemplateId, days }) {
		const end = Math.floor(Date.now() / 1_000);
		const start = end - (Number(days) * dayMs) / 1_000;
		return {
			method: 'GET',
			edge: 'compare',
			query: { template_ids: JSON.stringify([otherTemplateId]), start, end },
		};
	},
	item({ data }, { templateId, otherTemplateId, days }) {
		const metrics = metricsIn(data);
		const ranks = listIn(metrics.get('BLOCK_RATE')?.['order_by_relative_metric']).map(String);
		const sends = valuesIn(metrics.get('MESSAGE_SENDS')?.['number_values']);
		const reasons = valuesIn(metrics.get('TOP_BLOCK_REASON')?.['string_values']);
		return [templateId, otherTemplateId].map((id) => ({
			templateId: id,
			days: Number(days),
			sends: (sends.get(id) as number | undefined) ?? null,
			// 1 for the template that is blocked less.
			blockRank: ranks.includes(id) ? ranks.indexOf(id) + 1 : null,
			topBlockReason: (reasons.get(id) as string | undefined) ?? null,
		}));
	},
	outputSchema: {
		templateId: 'string',
		days: 'integer',
		sends: 'integer',
		blockRank: 'integer',
		topBlockReason: 'string',
	},
});

const metricsIn = (data: unknown): Map<string, Record<string, unknown>> =>
	new Map(
		listIn(data)
			.map(objectOf)
			.map((entry) => [String(entry['metric']), entry]),
	);

/** Values by template ID. */
const valuesIn = (list: unknown): Map<string, unknown> =>
	new Map(
		listIn(list)
			.map(objectOf)
			.map(({ key, value }) => [String(key), value]),
	);
