import type { INodeExecutionData } from 'n8n-workflow';
import { z } from 'zod/v4';
import { templateField } from '../../fields/locators/templateField';
import { defineOperation } from '../../node/operation';
import { dayMs } from '../../time/durations';
import { choiceOf } from '../../values/choice';
import { report } from '../../values/limits';
import { isObject, objectOf } from '../../values/unknown';
import { template, templateIdSchema } from './templateTarget';

/** Meta compares over these times alone, which end now. */
const periods = ['7', '30', '60', '90'] as const;

/**
 * Compares two templates: how often they were sent, and which one people block more.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-comparison
 */
export const compareTemplates = defineOperation({
	name: 'Compare',
	action: 'Compare two templates',
	description: 'See which of two templates people block more, and how often each was sent',
	permission: 'whatsapp_business_management',
	fields: [
		...template.fields,
		templateField('otherTemplateId', 'Compare With', 'A template of the same business account'),
		{
			displayName: 'Period',
			name: 'days',
			type: 'options',
			options: periods.map((days) => ({ name: `Last ${days} Days`, value: days })),
			default: '30',
			description: 'Each template has to have been sent at least 1,000 times in it',
		},
	],
	schema: z
		.object({
			...template.shape,
			otherTemplateId: templateIdSchema,
			days: choiceOf(periods).default('30'),
		})
		.check(({ value, issues }) => {
			if (value.templateId !== value.otherTemplateId) return;
			report({ issues }, ['otherTemplateId'], 'is the same template; choose another one');
		}),
	outputSchema: {
		templateId: 'string',
		days: 'integer',
		sends: 'integer',
		blockRank: 'integer',
		topBlockReason: 'string',
	},
	concurrency: 1,
	async execute(run, { templateId, otherTemplateId, days }): Promise<INodeExecutionData[]> {
		const end = Math.floor(Date.now() / 1_000);
		const { body } = await run.graph.call({
			method: 'GET',
			node: templateId,
			edge: 'compare',
			idField: template.label,
			query: {
				template_ids: JSON.stringify([otherTemplateId]),
				start: end - (Number(days) * dayMs) / 1_000,
				end,
			},
			permission: 'whatsapp_business_management',
			signal: run.signal,
		});
		const metrics = metricsIn(objectOf(body)['data']);
		const ranks = listIn(metrics.get('BLOCK_RATE'), 'order_by_relative_metric').map(String);
		const sends = valuesIn(metrics.get('MESSAGE_SENDS'), 'number_values');
		const reasons = valuesIn(metrics.get('TOP_BLOCK_REASON'), 'string_values');
		return [templateId, otherTemplateId].map((id) => ({
			json: {
				templateId: id,
				days: Number(days),
				sends: (sends.get(id) as number | undefined) ?? null,
				// 1 for the template that is blocked less.
				blockRank: ranks.includes(id) ? ranks.indexOf(id) + 1 : null,
				topBlockReason: (reasons.get(id) as string | undefined) ?? null,
			},
		}));
	},
});

const listIn = (metric: Record<string, unknown> | undefined, name: string): unknown[] => {
	const list = metric?.[name];
	return Array.isArray(list) ? list : [];
};

const metricsIn = (data: unknown): Map<string, Record<string, unknown>> =>
	new Map(
		(Array.isArray(data) ? data : [])
			.filter(isObject)
			.map((entry) => [String(entry['metric']), entry]),
	);

/** Values by template ID. */
const valuesIn = (
	metric: Record<string, unknown> | undefined,
	name: string,
): Map<string, unknown> =>
	new Map(
		listIn(metric, name)
			.filter(isObject)
			.map(({ key, value }) => [String(key), value]),
	);
