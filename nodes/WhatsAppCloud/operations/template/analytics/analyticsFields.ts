import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { periodFields, periodShape } from '../../../fields/period';
import { analyticsProducts } from '../../../graph/endpoints/templateAnalytics';
import { businessAccount } from '../../../node/management/target';
import { choiceOf } from '../../../values/choice';
import { collectionOf } from '../../../values/json/json';
import { requiredText } from '../../../values/schema/reading';
import { truth } from '../../../values/truth';
import { templateIds } from '../templateTarget';

const modes = ['days', 'summary'] as const;

const optionFields: INodeProperties[] = [
	{
		displayName: 'Days in Account Time Zone',
		name: 'accountTime',
		type: 'boolean',
		default: true,
		description:
			'Whether days begin at midnight in the time zone of the business account; otherwise in UTC',
	},
	{
		displayName: 'Sent By',
		name: 'product',
		type: 'options',
		options: [
			{ name: 'Cloud API', value: 'CLOUD_API' },
			{ name: 'Marketing Messages API', value: 'MARKETING_MESSAGES_API_FOR_WHATSAPP' },
		],
		default: 'CLOUD_API',
	},
	{
		displayName: 'Switch On Figures',
		name: 'switchOn',
		type: 'boolean',
		default: true,
		description:
			'Whether to have Meta begin to count if it does not yet. This cannot be undone, and figures begin with that day.',
	},
];

/** The fields, without the account. */
export const analyticsFields: INodeProperties[] = [
	{
		displayName: 'Show',
		name: 'show',
		type: 'options',
		options: [
			{ name: 'Days', value: 'days', description: 'One item for each template and day' },
			{ name: 'Summary', value: 'summary', description: 'Sums in one item' },
		],
		default: 'days',
	},
	{
		displayName: 'Template IDs',
		name: 'templateIds',
		type: 'string',
		default: '',
		placeholder: 'e.g. 1407680676729941, 1387372356726668',
		hint: 'Separated by commas. Leave empty for all templates of the account.',
	},
	...periodFields({}, ['all']),
	{
		displayName: 'Create HTML Report',
		name: 'htmlReport',
		type: 'boolean',
		default: false,
		description:
			'Whether to add a page with charts as a file, to send by mail, store or print. It loads nothing from the internet.',
		displayOptions: { show: { show: ['summary'] } },
	},
	{
		displayName: 'Put Output File in Field',
		name: 'outputField',
		type: 'string',
		default: 'data',
		hint: 'The name of the output binary field to put the file in',
		displayOptions: { show: { show: ['summary'], htmlReport: [true] } },
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: optionFields,
	},
];

/** Checks them and the account. */
export const analyticsSchema = z.object({
	...businessAccount.shape,
	show: choiceOf(modes).default('days'),
	templateIds: templateIds({ min: 0, max: 6_000 }),
	...periodShape,
	htmlReport: truth,
	outputField: requiredText(256).default('data'),
	options: collectionOf({
		accountTime: truth,
		product: choiceOf(analyticsProducts),
		switchOn: truth,
	}),
});
