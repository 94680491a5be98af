import type { JsonObject } from '../json.ts';
import { asText, asTextList, own } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import { digitsOf } from '../state/account.ts';
import { countryOf } from '../state/ids.ts';
import type { StoredMessage } from '../state/messages.ts';
import { invalidParameter } from '../errors/graph-error.ts';

/** Made-up prices in USD, so that the sums can be checked; Meta's depend on the country. */
const prices: Readonly<Record<string, number>> = {
	MARKETING: 0.025,
	MARKETING_LITE: 0.02,
	UTILITY: 0.004,
	SERVICE: 0.004,
	AI_BOT: 0.01,
	AUTHENTICATION_INTERNATIONAL: 0.03,
	AUTHENTICATION: 0.0135,
};

/** What a delivered message of this category costs, in USD. */
export function priceOf(category: string): number {
	return own(prices, category.toUpperCase().replace(/^GROUP_/, '')) ?? 0;
}

/** Categories that have another name in analytics than in statuses. */
const categoryNames: ReadonlyMap<string, string> = new Map([['general_purpose_ai', 'AI_BOT']]);

/** Seconds per data point. */
const granularities: Readonly<Record<string, number>> = {
	HALF_HOUR: 1800,
	DAILY: 86_400,
	MONTHLY: 30 * 86_400,
};

const dimensionNames = ['COUNTRY', 'PHONE', 'PRICING_CATEGORY', 'PRICING_TYPE', 'TIER'] as const;

interface PricingQuery {
	/** Seconds since 1970. */
	start: number;
	end: number;
	granularitySeconds: number;
	dimensions: string[];
	phoneNumbers: string[];
	countryCodes: string[];
	pricingTypes: string[];
	pricingCategories: string[];
	metricTypes: string[];
}

/** @throws GraphError 100 for a missing or impossible part */
export function readPricingQuery(part: (name: string) => unknown): PricingQuery {
	const seconds = (name: string): number => {
		const value = Number(asText(part(name)));
		if (!Number.isInteger(value)) throw invalidParameter(`Param ${name} must be a UNIX timestamp`);
		return value;
	};
	const granularity = unquoted(asText(part('granularity')) ?? '');
	const granularitySeconds = own(granularities, granularity);
	if (granularitySeconds === undefined) {
		throw invalidParameter(
			`Param granularity must be one of {${Object.keys(granularities).join(', ')}}`,
		);
	}
	const list = (name: string): string[] =>
		asTextList(part(name)).map((entry) => unquoted(entry).toUpperCase());
	const dimensions = list('dimensions');
	const unknown = dimensions.find((name) => !dimensionNames.some((known) => known === name));
	if (unknown !== undefined) throw invalidParameter(`Param dimensions knows no ${unknown}`);
	const query: PricingQuery = {
		start: seconds('start'),
		end: seconds('end'),
		granularitySeconds,
		dimensions,
		phoneNumbers: list('phone_numbers').map(digitsOf),
		countryCodes: list('country_codes'),
		pricingTypes: list('pricing_types'),
		pricingCategories: list('pricing_categories'),
		metricTypes: list('metric_types'),
	};
	if (query.end <= query.start) throw invalidParameter('Param end must be later than start');
	return query;
}

function unquoted(text: string): string {
	return text.replace(/^["'[\s]+|["'\]\s]+$/g, '');
}

/**
 * Volume and cost of delivered messages, or of accepted ones if statuses are off.
 * https://developers.facebook.com/docs/whatsapp/business-management-api/analytics
 */
export function pricingAnalytics(
	simulator: Simulator,
	businessAccountId: string,
	query: PricingQuery,
): JsonObject {
	const points = new Map<string, { point: JsonObject; volume: number; cost: number }>();
	for (const message of simulator.messages.all()) {
		const labels = labelsOf(simulator, message, businessAccountId);
		if (!labels || !isWanted(labels, query)) continue;
		const start =
			query.start +
			Math.floor((labels.seconds - query.start) / query.granularitySeconds) *
				query.granularitySeconds;
		const point: JsonObject = {
			start,
			end: Math.min(start + query.granularitySeconds, query.end),
			...(query.dimensions.includes('COUNTRY') ? { country: labels.country } : {}),
			...(query.dimensions.includes('PHONE') ? { phone_number: labels.phone } : {}),
			...(query.dimensions.includes('PRICING_TYPE') ? { pricing_type: labels.type } : {}),
			...(query.dimensions.includes('PRICING_CATEGORY')
				? { pricing_category: labels.category }
				: {}),
			...(query.dimensions.includes('TIER') ? { tier: '0:MAX' } : {}),
		};
		const key = JSON.stringify(point);
		const sum = points.get(key) ?? { point, volume: 0, cost: 0 };
		sum.volume++;
		if (labels.type === 'REGULAR') sum.cost += priceOf(labels.category);
		points.set(key, sum);
	}
	const wants = (metric: string): boolean =>
		query.metricTypes.length === 0 || query.metricTypes.includes(metric);
	const dataPoints = [...points.values()].map(({ point, volume, cost }) => ({
		...point,
		...(wants('VOLUME') ? { volume } : {}),
		...(wants('COST') ? { cost: Number(cost.toFixed(6)) } : {}),
	}));
	return { data: dataPoints.length > 0 ? [{ data_points: dataPoints }] : [] };
}

interface Labels {
	seconds: number;
	country: string;
	phone: string;
	type: string;
	category: string;
}

function labelsOf(
	simulator: Simulator,
	message: StoredMessage,
	businessAccountId: string,
): Labels | null {
	const { chat, pricing } = message;
	const number = simulator.account.phoneNumbers.get(chat.phoneNumberId);
	if (!pricing || number?.businessAccountId !== businessAccountId) return null;
	const isDelivered = message.rank >= 2 && chat.status !== 'failed';
	if (simulator.settings.statuses.enabled && !isDelivered) return null;
	return {
		seconds: Math.floor(chat.timestamp / 1000),
		country: countryOf(chat.customer),
		phone: digitsOf(number.displayPhoneNumber),
		type: pricing.type.toUpperCase(),
		category: categoryNames.get(pricing.category) ?? pricing.category.toUpperCase(),
	};
}

function isWanted(labels: Labels, query: PricingQuery): boolean {
	const among = (wanted: string[], value: string): boolean =>
		wanted.length === 0 || wanted.includes(value);
	return (
		labels.seconds >= query.start &&
		labels.seconds < query.end &&
		among(query.phoneNumbers, labels.phone) &&
		among(query.countryCodes, labels.country) &&
		among(query.pricingTypes, labels.type) &&
		among(query.pricingCategories, labels.category)
	);
}
