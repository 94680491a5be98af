import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod/v4';
import { analyticsFilterShape, analyticsFilters } from '../../fields/filters/analyticsFilters';
import { metaChoices, metaNames } from '../../fields/filters/metaNames';
import {
	checkPeriod,
	periodFields,
	periodShape,
	resolvePeriod,
	timeZoneOption,
	timeZoneSchema,
} from '../../fields/period';
import {
	dimensions,
	granularities,
	pricingAnalytics,
	pricingCategories,
	pricingTypes,
	type PricingPoint,
} from '../../graph/endpoints/pricingAnalytics';
import { choiceOf } from '../../values/choice';
import { addressed, partsOf } from '../../node/management/graphOperation';
import { businessAccount } from '../../node/management/target';
import { defineOperation } from '../../node/operation';
import { choiceList } from '../../values/list';
import { FieldProblem } from '../../values/problem';
import { isoTime } from './messageItem';

const permission = 'whatsapp_business_management';

/** Asks Meta how many messages were delivered and what they cost. */
export const pricing = defineOperation({
	...partsOf({
		name: 'Pricing',
		action: 'Get pricing report',
		description: "Get the number of delivered messages and their cost from Meta's analytics",
		permission,
		target: businessAccount,
		fields: [
			...periodFields({}, ['all']),
			{
				displayName: 'Interval',
				name: 'granularity',
				type: 'options',
				options: [
					{ name: 'Day', value: 'DAILY' },
					{ name: 'Half an Hour', value: 'HALF_HOUR' },
					{ name: 'Month', value: 'MONTHLY' },
				],
				default: 'DAILY',
				description: "The length of each interval, with days as in Meta's analytics",
			},
			{
				displayName: 'Group By',
				name: 'dimensions',
				type: 'multiOptions',
				options: [
					{ name: 'Country', value: 'COUNTRY' },
					{ name: 'Phone Number', value: 'PHONE' },
					{ name: 'Pricing Category', value: 'PRICING_CATEGORY' },
					{ name: 'Pricing Type', value: 'PRICING_TYPE' },
					{ name: 'Volume Tier', value: 'TIER' },
				],
				default: ['PRICING_CATEGORY', 'PRICING_TYPE'],
				description:
					'Returns an item for each interval and combination. Leave empty for one item per interval.',
			},
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add option',
				default: {},
				options: [
					{
						displayName: 'Only Categories',
						name: 'categories',
						type: 'multiOptions',
						options: metaChoices(pricingCategories),
						default: [],
					},
					...analyticsFilters,
					{
						displayName: 'Only Types',
						name: 'types',
						type: 'multiOptions',
						options: metaChoices(pricingTypes),
						default: [],
					},
					timeZoneOption,
				],
			},
		],
		shape: {
			...periodShape,
			granularity: choiceOf(granularities).default('DAILY'),
			dimensions: choiceList(choiceOf(dimensions)).default(['PRICING_CATEGORY', 'PRICING_TYPE']),
			options: z.preprocess(
				(value) => value ?? {},
				z.object({
					...analyticsFilterShape,
					categories: metaNames('UTILITY'),
					types: metaNames('REGULAR'),
					timeZone: timeZoneSchema,
				}),
			),
		},
		outputSchema: {
			from: 'string',
			to: 'string',
			country: 'string',
			phoneNumber: 'string',
			category: 'string',
			type: 'string',
			tier: 'string',
			volume: 'integer',
			cost: 'number',
			currency: 'string',
		},
		concurrency: 1,
	}),
	async execute(run, values) {
		const { graph, host } = run;
		const { node, ...scope } = addressed(
			{ permission, target: businessAccount },
			{ run, id: businessAccount.idOf(run, values) },
		);
		const { categories, countryCodes, phoneNumbers, types, timeZone } = values.options;
		const { from, to } = checkPeriod(
			resolvePeriod(values, Date.now(), timeZone ?? host.getTimezone()),
		);
		if (from === null) {
			throw new FieldProblem('From', 'is empty', 'Meta needs a beginning, at most one year back.');
		}
		const query = {
			from,
			to,
			granularity: values.granularity,
			dimensions: values.dimensions,
			countryCodes,
			phoneNumbers,
			categories,
			types,
		};
		const { points, currency } = await pricingAnalytics(graph, node, query, scope);
		return points.map((point) => ({ json: pricingItem(point, currency) }));
	},
});

/** One item of the report. Its names are permanent: workflows depend on them. */
function pricingItem(point: PricingPoint, currency: string | null): IDataObject {
	return {
		from: isoTime(point.start * 1000),
		to: isoTime(point.end * 1000),
		country: point.country ?? null,
		phoneNumber: point.phone_number ?? null,
		category: point.pricing_category?.toLowerCase() ?? null,
		type: point.pricing_type?.toLowerCase() ?? null,
		tier: point.tier ?? null,
		volume: point.volume ?? null,
		cost: point.cost ?? null,
		currency,
	};
}
