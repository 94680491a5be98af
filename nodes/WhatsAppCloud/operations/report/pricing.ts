import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod/v4';
import {
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
import { optionalText } from '../../values/limits';
import { defineOperation } from '../../node/operation';
import { FieldProblem } from '../../values/problem';
import { isoTime } from './messageItem';

/** `GROUP_UTILITY` → `Group Utility`, `AI_BOT` → `AI Bot` */
const titleOf = (value: string): string =>
	value
		.split('_')
		.map((word) => (word === 'AI' ? word : word.charAt(0) + word.slice(1).toLowerCase()))
		.join(' ');

const choices = (values: readonly string[]) =>
	values.map((value) => ({ name: titleOf(value), value }));

/** Several short texts: separated by commas, or as a list. */
const separated = (pattern: RegExp, problem: string) =>
	z
		.preprocess(
			(value) => (Array.isArray(value) ? value.join(',') : value),
			optionalText(2_000).transform(
				(text) =>
					text
						?.split(/[,;\n]+/)
						.map((part) => part.trim())
						.filter(Boolean) ?? [],
			),
		)
		.check(({ value, issues }) => {
			const wrong = value.find((each) => !pattern.test(each));
			if (wrong === undefined) return;
			issues.push({ code: 'custom', message: `has "${wrong}", which ${problem}`, input: value });
		});

/** A value of Meta's. Meta adds new ones, so an expression may return one that no list has yet. */
const metaName = z
	.string({ error: 'must be text' })
	.transform((name) => name.trim().toUpperCase())
	.refine((name) => /^[A-Z_]+$/.test(name), {
		error: 'must be a name as Meta writes it, such as UTILITY',
	});

/** Asks Meta how many messages were delivered and what they cost. */
export const pricing = defineOperation({
	name: 'Pricing',
	action: 'Get pricing report',
	description: "Get the number of delivered messages and their cost from Meta's analytics",
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
					options: choices(pricingCategories),
					default: [],
				},
				{
					displayName: 'Only Countries',
					name: 'countryCodes',
					type: 'string',
					default: '',
					placeholder: 'e.g. DE, US',
					description: 'Two-letter codes, separated by commas',
				},
				{
					displayName: 'Only Phone Numbers',
					name: 'phoneNumbers',
					type: 'string',
					default: '',
					placeholder: 'e.g. +15550100001',
					description: 'Numbers of the business account with country code, separated by commas',
				},
				{
					displayName: 'Only Types',
					name: 'types',
					type: 'multiOptions',
					options: choices(pricingTypes),
					default: [],
				},
				timeZoneOption,
			],
		},
	],
	schema: z.object({
		...periodShape,
		granularity: z
			.enum(granularities, { error: `must be one of ${granularities.join(', ')}` })
			.default('DAILY'),
		dimensions: z
			.array(z.enum(dimensions, { error: `must be one of ${dimensions.join(', ')}` }), {
				error: 'must be a list',
			})
			.default(['PRICING_CATEGORY', 'PRICING_TYPE']),
		options: z.preprocess(
			(value) => value ?? {},
			z.object({
				categories: z.array(metaName).default([]),
				countryCodes: separated(/^[A-Za-z]{2}$/, 'is no two-letter code'),
				phoneNumbers: separated(/^\+?\d[\d\s\-()]{5,24}$/, 'is no phone number'),
				types: z.array(metaName).default([]),
				timeZone: timeZoneSchema,
			}),
		),
	}),
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
	async execute({ account, graph, host, signal }, values) {
		const { categories, countryCodes, phoneNumbers, types, timeZone } = values.options;
		const { from, to } = resolvePeriod(values, Date.now(), timeZone ?? host.getTimezone());
		if (from === null) {
			throw new FieldProblem('From', 'is empty', 'Meta needs a beginning, at most one year back.');
		}
		if (from >= to) {
			throw new FieldProblem('To', 'is not later than From', 'Choose a period that has a length.');
		}
		const query = {
			from,
			to,
			granularity: values.granularity,
			dimensions: values.dimensions,
			countryCodes: countryCodes.map((code) => code.toUpperCase()),
			phoneNumbers: phoneNumbers.map((number) => number.replace(/\D/g, '')),
			categories,
			types,
		};
		const { points, currency } = await pricingAnalytics(graph, account, query, signal);
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
