import type { Category } from './market/category';
import {
	createMeter,
	type BillableMessage,
	type NoPrice,
	type Price,
	type PriceRules,
} from './meter';

/** What the messages to one market cost, in one category. */
export interface MarketEstimate {
	/** Null for groups. */
	market: string | null;
	/** Null if it could not be found out. */
	category: Category | null;
	messages: number;
	/** Surely free after a click on an ad. */
	freeEntryPoint: number;
	/** Surely free within the month's free service messages. */
	freeService: number;
	/** Free perhaps, for either reason. */
	perhapsFree: number;
	/** Without a price, and so not part of the costs. */
	unpriced: number;
	/** Why; null if all have a price. */
	noPrice: NoPrice | null;
	/** The list rate of one message; null if there is none. */
	rate: number | null;
	/** Of those with a price. */
	lowestCost: number;
	highestCost: number;
}

/** What all messages cost. */
export interface Estimate {
	messages: number;
	/** Messages without a price, which are not part of the costs. */
	unpriced: number;
	lowestCost: number;
	highestCost: number;
	/** The most expensive first. */
	markets: MarketEstimate[];
	/** How many messages have an open question. */
	open: {
		byCountry: number;
		perhapsFreeEntry: number;
		perhapsFreeService: number;
		/** Codes to markets with an international rate that was not applied. */
		international: number;
		/** Utility and authentication messages that were priced by the list. */
		withoutTier: number;
	};
}

/** Adds up the prices of messages in the order in which they would be sent. */
export interface Estimator {
	add(message: BillableMessage): Price;
	result(): Estimate;
}

export function createEstimator(rules: PriceRules): Estimator {
	const meter = createMeter(rules);
	const markets = new Map<string, MarketEstimate>();
	const open: Estimate['open'] = {
		byCountry: 0,
		perhapsFreeEntry: 0,
		perhapsFreeService: 0,
		international: 0,
		withoutTier: 0,
	};
	const hasTiers = rules.tierList !== null && rules.volumeBefore !== null;

	return {
		add(message) {
			const { category } = message;
			const price = meter.price(message);
			const isPerhaps = price.free !== null && price.highest !== 0;
			if (price.byCountry) open.byCountry++;
			if (isPerhaps && price.free === 'entry_point') open.perhapsFreeEntry++;
			if (isPerhaps && price.free === 'service') open.perhapsFreeService++;
			if (price.hasInternationalRate) open.international++;
			const isTiered = category === 'utility' || category === 'authentication';
			if (isTiered && !hasTiers && price.rate !== null) open.withoutTier++;
			const key = JSON.stringify([price.market, category, price.isInternational, price.noPrice]);
			const sum = markets.get(key) ?? emptyMarket(price, category);
			markets.set(key, sum);
			sum.messages++;
			if (isPerhaps) sum.perhapsFree++;
			else if (price.free === 'entry_point') sum.freeEntryPoint++;
			else if (price.free === 'service') sum.freeService++;
			if (price.noPrice !== null) sum.unpriced++;
			sum.rate ??= price.rate;
			sum.lowestCost += price.lowest ?? 0;
			sum.highestCost += price.highest ?? 0;
			return price;
		},
		result() {
			const all = [...markets.values()];
			const sumOf = (read: (market: MarketEstimate) => number): number =>
				all.reduce((sum, market) => sum + read(market), 0);
			return {
				messages: sumOf(({ messages }) => messages),
				unpriced: sumOf(({ unpriced }) => unpriced),
				lowestCost: rounded(sumOf(({ lowestCost }) => lowestCost)),
				highestCost: rounded(sumOf(({ highestCost }) => highestCost)),
				markets: all
					.map((market) => ({
						...market,
						lowestCost: rounded(market.lowestCost),
						highestCost: rounded(market.highestCost),
					}))
					.sort((a, b) => b.highestCost - a.highestCost || b.messages - a.messages),
				open: { ...open },
			};
		},
	};
}

const emptyMarket = ({ market, noPrice }: Price, category: Category | null): MarketEstimate => ({
	market,
	category,
	messages: 0,
	freeEntryPoint: 0,
	freeService: 0,
	perhapsFree: 0,
	unpriced: 0,
	noPrice,
	rate: null,
	lowestCost: 0,
	highestCost: 0,
});

/** Rates have up to four decimals, tiers up to six; sums of many are slightly off. */
const rounded = (amount: number): number => Number(amount.toFixed(6));
