import { billingOf } from '../../graph/endpoints/billing';
import { chosenCard } from '../../pricing/card/chosenCard';
import { createMarketFinder } from '../../pricing/market/markets';
import type { PriceRules } from '../../pricing/meter';
import type { RateCardSource } from '../../pricing/rateCardFields';
import type { Run } from '../run';
import { readGivenPrices } from './givenPrices';
import { monthSoFar } from './monthSoFar';

/** What the user has said about prices. */
interface PriceChoice {
	source: RateCardSource;
	currency: string | undefined;
	/** Whether to ask Meta what it alone knows. */
	lookUp: boolean;
	/** How many service messages each number has sent this month, if the user knows. */
	serviceMessages?: number | undefined;
}

/**
 * Collects what prices depend on.
 *
 * @param period the month so far, in milliseconds
 * @returns the rules, and the currency in which Meta bills the account if it was asked
 * @throws FieldProblem if the rate card cannot be used, or an error of Meta's if it is asked
 */
export async function priceRules(
	{ host, account, graph, signal }: Run,
	{ source, currency, lookUp, serviceMessages }: PriceChoice,
	period: { from: number; to: number },
): Promise<{ rules: PriceRules; accountCurrency: string | null }> {
	const list = await readGivenPrices(host, source);
	const billing = lookUp ? await billingOf(account, graph, period.to) : null;
	const accountCurrency = billing?.currency ?? null;
	const chosen = list === null ? null : chosenCard(list, currency, accountCurrency);
	const markets = createMarketFinder(chosen?.card ?? null);
	const soFar = lookUp ? await monthSoFar(account, graph, markets, period, signal) : null;
	return {
		accountCurrency,
		rules: {
			card: chosen?.card ?? null,
			tierList: chosen?.tierList ?? null,
			markets,
			volumeBefore: soFar?.volumeBefore ?? null,
			serviceBefore:
				serviceMessages === undefined ? (soFar?.serviceBefore ?? null) : () => serviceMessages,
			international: billing?.paysInternational === true ? { home: billing.home } : null,
		},
	};
}
