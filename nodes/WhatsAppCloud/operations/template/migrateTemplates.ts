import type { IDataObject } from 'n8n-workflow';
import { businessAccountField } from '../../fields/locators/businessAccountField';
import { defineGraphOperation } from '../../node/management/graphOperation';
import { businessAccount, targetOf } from '../../node/management/target';
import { minuteMs } from '../../time/durations';
import { idOfForm } from '../../values/id';
import { collectionOf } from '../../values/json/json';
import { report } from '../../values/schema/singleStep';
import { optionalNumber } from '../../values/numbers';
import { listIn, objectOf } from '../../values/unknown';
import { templateIds } from './templateTarget';

/** The most that Meta copies in one call. */
const maxTemplates = 500;

/** Meta answers only after copying all of them. */
const timeoutMs = 5 * minuteMs;

/** The account that gets the templates; the panel asks first where they come from. */
const accounts = targetOf({
	...businessAccount,
	fields: [
		{
			...businessAccountField,
			displayName: 'From Business Account',
			name: 'sourceBusinessAccountId',
			required: true,
			description: 'The WhatsApp Business account whose templates are copied',
			modes: (businessAccountField.modes ?? []).map((mode) =>
				mode.type === 'list' ? { ...mode, placeholder: 'Choose a business account' } : mode,
			),
		},
		{
			...businessAccountField,
			displayName: 'To Business Account',
			description:
				"The WhatsApp Business account that gets them. Leave empty for the credential's WhatsApp Business Account ID.",
		},
	],
	shape: {
		...businessAccount.shape,
		sourceBusinessAccountId: idOfForm(/^\d+$/, 'must be an ID, which consists of digits only', 64),
	},
});

/**
 * Copies templates to another business account of the same business.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-migration
 */
export const migrateTemplates = defineGraphOperation({
	name: 'Migrate',
	action: 'Migrate templates',
	description: 'Copy approved templates from another WhatsApp Business account of the business',
	permission: 'whatsapp_business_management',
	target: accounts,
	fields: [
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Batch',
					name: 'page',
					type: 'number',
					typeOptions: { minValue: 0 },
					default: 0,
					hint: '0 for the first batch, 1 for the next',
					description: 'Which batch to copy if the account has more templates than fit into one',
				},
				{
					displayName: 'Batch Size',
					name: 'count',
					type: 'number',
					typeOptions: { minValue: 1, maxValue: maxTemplates },
					default: 500,
					hint: '1 to 500',
					description:
						'How many templates Meta copies per call. Lower it if Meta does not answer in time.',
				},
				{
					displayName: 'Only Template IDs',
					name: 'templateIds',
					type: 'string',
					default: '',
					hint: 'Up to 500, separated by commas',
					description: 'Leave empty for all. To retry those that failed, enter their IDs.',
				},
			],
		},
	],
	shape: {
		options: collectionOf({
			count: optionalNumber({ min: 1, max: maxTemplates, unit: 'templates' }),
			templateIds: templateIds({ min: 0, max: maxTemplates }),
			page: optionalNumber({ min: 0, max: 1_000 }),
		}),
	},
	check({ sourceBusinessAccountId, businessAccountId }, problems) {
		if (sourceBusinessAccountId !== businessAccountId) return;
		report(problems, ['businessAccountId'], 'is the account that the templates are in');
	},
	// A call may take minutes and copy hundreds of templates.
	concurrency: 1,
	request({ sourceBusinessAccountId, options: { count, page, templateIds: only = [] } }) {
		return {
			method: 'POST',
			edge: 'migrate_message_templates',
			json: {
				source_waba_id: sourceBusinessAccountId,
				...(page === undefined ? {} : { page_number: page }),
				...(count === undefined ? {} : { count }),
				...(only.length === 0 ? {} : { template_ids: only }),
			},
			timeoutMs,
		};
	},
	item(answer, { sourceBusinessAccountId }, { id: businessAccountId }) {
		const item = (templateId: string, reason: string | null): IDataObject => ({
			migrated: reason === null,
			templateId,
			reason,
			sourceBusinessAccountId,
			businessAccountId,
		});
		return [
			...listIn(answer['migrated_templates']).map((id) => item(String(id), null)),
			...Object.entries(objectOf(answer['failed_templates'])).map(([id, reason]) =>
				item(id, String(reason)),
			),
		];
	},
	outputSchema: {
		migrated: 'boolean',
		templateId: 'string',
		reason: 'string',
		sourceBusinessAccountId: 'string',
		businessAccountId: 'string',
	},
});
