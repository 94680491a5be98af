import type { GraphClient } from '../client';
import type { GraphRequest } from '../graphRequest';

/** https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/pricing_analytics/ */
export const granularities = ['HALF_HOUR', 'DAILY', 'MONTHLY'] as const;
export const dimensions = ['COUNTRY', 'PHONE', 'PRICING_CATEGORY', 'PRICING_TYPE', 'TIER'] as const;
export const pricingTypes = ['FREE_CUSTOMER_SERVICE', 'FREE_ENTRY_POINT', 'REGULAR'] as const;
export const pricingCategories = [
	'AI_BOT',
	'AUTHENTICATION',
	'AUTHENTICATION_INTERNATIONAL',
	'GROUP_MARKETING',
	'GROUP_SERVICE',
	'GROUP_UTILITY',
	'MARKETING',
	'MARKETING_LITE',
	'REFERRAL_CONVERSION',
	'SERVICE',
	'UTILITY',
] as const;

/** The query. Empty lists mean all; no dimensions means no division. */
interface PricingQuery {
	/** In Unix milliseconds. Meta goes back one year. */
	from: number;
	to: number;
	granularity: (typeof granularities)[number];
	dimensions: readonly (typeof dimensions)[number][];
	/** Two letters each. */
	countryCodes: readonly string[];
	/** Digits only, with country code. */
	phoneNumbers: readonly string[];
	categories: readonly string[];
	types: readonly string[];
}

/** Messages delivered in one interval, divided by the requested dimensions. */
export interface PricingPoint {
	/** In Unix seconds. */
	start: number;
	end: number;
	country?: string;
	phone_number?: string;
	pricing_category?: string;
	pricing_type?: string;
	/** From Meta's price list by volume: `0:250000`. */
	tier?: string;
	volume?: number;
	/** Absent if another company pays Meta for the account. */
	cost?: number;
}

interface PricingAnswer {
	currency?: string;
	pricing_analytics?: { data?: { data_points?: PricingPoint[] }[] };
}

/**
 * Asks Meta how many messages were delivered and their approximate cost; only the invoice is exact.
 * https://developers.facebook.com/docs/whatsapp/business-management-api/analytics
 *
 * @returns the points by time, and the currency of the costs; null if Meta does not say
 * @throws GraphApiError or NoAnswerError
 */
export async function pricingAnalytics(
	graph: GraphClient,
	businessAccountId: string,
	query: PricingQuery,
	scope: Pick<GraphRequest, 'signal' | 'permission' | 'idField'>,
): Promise<{ points: PricingPoint[]; currency: string | null }> {
	const { body } = await graph.call<PricingAnswer>({
		method: 'GET',
		node: businessAccountId,
		query: { fields: `currency,${pricingField(query)}` },
		...scope,
	});
	const points = (body.pricing_analytics?.data ?? []).flatMap((each) => each.data_points ?? []);
	return { points: points.sort((a, b) => a.start - b.start), currency: body.currency ?? null };
}

function pricingField(query: PricingQuery): string {
	const list = (name: string, values: readonly string[]): string =>
		values.length === 0 ? '' : `.${name}(${JSON.stringify(values)})`;
	return [
		'pricing_analytics',
		`.start(${Math.floor(query.from / 1000)})`,
		`.end(${Math.ceil(query.to / 1000)})`,
		`.granularity(${query.granularity})`,
		list('metric_types', ['VOLUME', 'COST']),
		list('dimensions', query.dimensions),
		list('country_codes', query.countryCodes),
		list('phone_numbers', query.phoneNumbers),
		list('pricing_categories', query.categories),
		list('pricing_types', query.types),
	].join('');
}
