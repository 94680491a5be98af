import type { INodeProperties } from 'n8n-workflow';
import { metaChoices, metaNames } from '../../fields/filters/metaNames';
import { defineGraphList } from '../../node/management/graphList';
import { businessAccount } from '../../node/management/target';
import { collectionOf } from '../../values/json/json';
import { optionalText } from '../../values/schema/reading';
import { textList } from '../../values/list';
import { truth } from '../../values/truth';
import { fieldsToAsk, templateItem, templateShape } from './templateItem';

const categories = ['AUTHENTICATION', 'MARKETING', 'UTILITY'];

const statuses = [
	'APPROVED',
	'ARCHIVED',
	'DELETED',
	'DISABLED',
	'IN_APPEAL',
	'LIMIT_EXCEEDED',
	'PAUSED',
	'PENDING',
	'PENDING_DELETION',
	'REJECTED',
];

const filterOptions: INodeProperties[] = [
	{
		displayName: 'Categories',
		name: 'category',
		type: 'multiOptions',
		options: metaChoices(categories),
		default: [],
	},
	{
		displayName: 'Category by Meta',
		name: 'correctCategory',
		type: 'multiOptions',
		options: metaChoices(categories),
		default: [],
		description: 'Templates that Meta is going to put into one of these categories',
	},
	{
		displayName: 'Content',
		name: 'content',
		type: 'string',
		default: '',
		description: 'Words of the template',
	},
	{
		displayName: 'Languages',
		name: 'language',
		type: 'string',
		default: '',
		placeholder: 'e.g. en_US, de',
		description: 'Codes, separated by commas',
	},
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		default: '',
		description: 'Part of the name',
	},
	{
		displayName: 'Name or Content',
		name: 'nameOrContent',
		type: 'string',
		default: '',
		description: 'Words of the name or of the template',
	},
	{
		displayName: 'Quality',
		name: 'quality',
		type: 'multiOptions',
		options: metaChoices(['GREEN', 'YELLOW', 'RED', 'UNKNOWN']),
		default: [],
	},
	{
		displayName: 'Source',
		name: 'source',
		type: 'multiOptions',
		options: [
			{
				name: 'Direct Send',
				value: 'AUTO_GENERATED',
				description: 'Made by Meta from messages outside the window',
			},
		],
		default: [],
	},
	{
		displayName: 'Statuses',
		name: 'status',
		type: 'multiOptions',
		options: metaChoices(statuses),
		default: [],
	},
];

/** The fields for filters of the list. */
export const templateFilters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options: filterOptions,
};

const words = optionalText(1_024);

/** Checks the filters. */
export const filterSchema = collectionOf({
	category: metaNames('MARKETING'),
	content: words,
	correctCategory: metaNames('MARKETING'),
	language: textList(),
	name: words,
	nameOrContent: words,
	quality: metaNames('GREEN'),
	source: metaNames('AUTO_GENERATED'),
	status: metaNames('APPROVED'),
});

type Filters = Record<string, string | string[] | undefined>;

const metasMember: Readonly<Record<string, string>> = {
	correctCategory: 'correct_category',
	nameOrContent: 'name_or_content',
};

/** The filters in Meta's form: one value as it is, several as a JSON list. */
export function filterQuery(filters: Filters): Record<string, string> {
	const query: Record<string, string> = {};
	for (const [name, value] of Object.entries(filters)) {
		if (value === undefined || value.length === 0) continue;
		const member = metasMember[name] ?? name;
		const [first = ''] = value;
		if (typeof value === 'string') query[member] = value;
		else query[member] = value.length === 1 ? first : JSON.stringify(value);
	}
	return query;
}

/**
 * Lists templates.
 * https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/message_templates/
 */
export const getTemplates = defineGraphList({
	name: 'Get Many',
	action: 'Get many templates',
	description: 'List templates of the business account, with status, quality and text',
	permission: 'whatsapp_business_management',
	target: businessAccount,
	fields: [
		{
			displayName: 'Simplify',
			name: 'simplify',
			type: 'boolean',
			default: true,
			description: 'Whether to return a simplified version of the response instead of the raw data',
		},
		templateFilters,
	],
	shape: { simplify: truth.default(true), filters: filterSchema },
	request: ({ simplify, filters }) => ({
		edge: 'message_templates',
		query: { fields: fieldsToAsk(simplify), ...filterQuery(filters) },
	}),
	item: templateItem,
	outputSchema: templateShape,
});
