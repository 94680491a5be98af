import type { INodeExecutionData } from 'n8n-workflow';
import { z } from 'zod/v4';
import { businessAccountField } from '../../fields/locators/businessAccountField';
import { defineOperation } from '../../node/operation';
import { businessAccount } from '../../node/management/target';
import { minuteMs } from '../../time/durations';
import { idOfForm } from '../../values/id';
import { collectionOf } from '../../values/json/json';
import { report } from '../../values/limits';
import { optionalNumber } from '../../values/numbers';
import { objectOf } from '../../values/unknown';
import { templateIds } from './templateTarget';

/** As many as Meta copies with one call. */
const maxTemplates = 500;

/** Meta answers when all of them are copied. */
const timeoutMs = 5 * minuteMs;

const target = { ...businessAccount.fields[0], displayName: 'To Business Account' } as const;

/**
 * Copies templates to another business account of the same business.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-migration
 */
export const migrateTemplates = defineOperation({
	name: 'Migrate',
	action: 'Migrate templates',
	description: 'Copy approved templates from another WhatsApp Business account of the business',
	permission: 'whatsapp_business_management',
	fields: [
		{
			...businessAccountField,
			displayName: 'From Business Account',
			name: 'sourceBusinessAccountId',
			required: true,
			description: 'The WhatsApp Business account whose templates are copied',
		},
		{
			...businessAccountField,
			...target,
			description:
				"The WhatsApp Business account that gets them. Leave empty for the credential's WhatsApp Business Account ID.",
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'At Once',
					name: 'count',
					type: 'number',
					typeOptions: { minValue: 1, maxValue: maxTemplates },
					default: 500,
					hint: '1 to 500',
					description: 'How many templates a set has. Take fewer if Meta does not answer in time.',
				},
				{
					displayName: 'Only Template IDs',
					name: 'templateIds',
					type: 'string',
					default: '',
					hint: 'Up to 500, separated by commas',
					description: 'Leave empty for all; give those that failed to try them again',
				},
				{
					displayName: 'Set',
					name: 'page',
					type: 'number',
					typeOptions: { minValue: 0 },
					default: 0,
					hint: '0 for the first set, 1 for the next',
					description: 'Which set to copy, where the account has more templates than one holds',
				},
			],
		},
	],
	schema: z
		.object({
			...businessAccount.shape,
			sourceBusinessAccountId: idOfForm(
				/^\d+$/,
				'must be an ID, which consists of digits only',
				64,
			),
			options: collectionOf({
				count: optionalNumber({ min: 1, max: maxTemplates, unit: 'templates' }),
				templateIds: templateIds({ min: 0, max: maxTemplates }),
				page: optionalNumber({ min: 0, max: 1_000 }),
			}),
		})
		.check(({ value, issues }) => {
			if (value.sourceBusinessAccountId !== value.businessAccountId) return;
			report({ issues }, ['businessAccountId'], 'is the account that the templates are in');
		}),
	outputSchema: {
		migrated: 'boolean',
		templateId: 'string',
		reason: 'string',
		sourceBusinessAccountId: 'string',
		businessAccountId: 'string',
	},
	concurrency: 1,
	async execute(run, values): Promise<INodeExecutionData[]> {
		const businessAccountId = businessAccount.idOf(run, values);
		const { sourceBusinessAccountId, options } = values;
		const { count, page, templateIds: only = [] } = options;
		const { body } = await run.graph.call({
			method: 'POST',
			node: businessAccountId,
			edge: 'migrate_message_templates',
			idField: businessAccount.label,
			json: {
				source_waba_id: sourceBusinessAccountId,
				...(page === undefined ? {} : { page_number: page }),
				...(count === undefined ? {} : { count }),
				...(only.length === 0 ? {} : { template_ids: only }),
			},
			timeoutMs,
			permission: 'whatsapp_business_management',
			signal: run.signal,
		});
		const { migrated_templates: done, failed_templates: failed } = objectOf(body);
		const item = (templateId: string, reason: string | null): INodeExecutionData => ({
			json: {
				migrated: reason === null,
				templateId,
				reason,
				sourceBusinessAccountId,
				businessAccountId,
			},
		});
		return [
			...(Array.isArray(done) ? done.map((id) => item(String(id), null)) : []),
			...Object.entries(objectOf(failed)).map(([id, reason]) => item(id, String(reason))),
		];
	},
});
