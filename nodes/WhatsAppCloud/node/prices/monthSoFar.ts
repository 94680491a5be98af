import type { Account } from '../../graph/account';
import type { GraphClient } from '../../graph/client';
import { digitsOfNumbers } from '../../graph/endpoints/billing';
import { pricingAnalytics } from '../../graph/endpoints/pricingAnalytics';
import { marketKey, marketOfCountry, type MarketFinder } from '../../pricing/market/markets';
import type { PriceRules } from '../../pricing/meter';

/** Messages that this month has had: what is free and which volume tier is next depend on them. */
type MonthSoFar = Pick<PriceRules, 'volumeBefore' | 'serviceBefore'>;

/**
 * Asks Meta's analytics for them. They lag behind by some minutes.
 *
 * @param period the month so far, in milliseconds
 * @throws CredentialProblem, GraphApiError or NoAnswerError
 */
export async function monthSoFar(
	account: Account,
	graph: GraphClient,
	markets: MarketFinder,
	period: { from: number; to: number },
	signal: AbortSignal | undefined,
): Promise<MonthSoFar> {
	const query = {
		...period,
		granularity: 'MONTHLY',
		dimensions: ['COUNTRY', 'PHONE', 'PRICING_CATEGORY', 'PRICING_TYPE'],
		countryCodes: [],
		phoneNumbers: [],
		categories: ['AUTHENTICATION', 'AUTHENTICATION_INTERNATIONAL', 'SERVICE', 'UTILITY'],
		types: [],
	} as const;
	const [{ points }, digitsOf] = await Promise.all([
		pricingAnalytics(graph, account.businessAccountId, query, {
			permission: 'whatsapp_business_management',
			signal,
		}),
		digitsOfNumbers(account, graph),
	]);
	const volumes = new Map<string, number>();
	const service = new Map<string, number>();
	const add = (sums: Map<string, number>, key: string, volume: number): void => {
		sums.set(key, (sums.get(key) ?? 0) + volume);
	};
	for (const { country = '', phone_number: phone = '', ...point } of points) {
		const category = point.pricing_category?.toLowerCase() ?? '';
		const volume = point.volume ?? 0;
		if (category === 'service') add(service, phone.replace(/\D/g, ''), volume);
		else if (point.pricing_type?.toUpperCase() === 'REGULAR') {
			add(volumes, `${marketKey(marketOfCountry(markets, country))}/${category}`, volume);
		}
	}
	return {
		volumeBefore: (market, category) => volumes.get(`${marketKey(market)}/${category}`) ?? 0,
		serviceBefore: (id) => service.get(digitsOf.get(id) ?? '') ?? 0,
	};
}
