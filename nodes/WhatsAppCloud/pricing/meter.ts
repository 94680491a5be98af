import type { RateCard } from './card/rateCard';
import { tierKey, type Tier, type TierList } from './card/tierList';
import type { Category } from './market/category';
import type { FreeEntry } from './entryPoint';
import { marketKey, marketOfCountry, type MarketFinder } from './market/markets';

/** Service messages that each number may send per month free of charge. */
export const freeServiceMessages = 1_000;

/** Everything that prices depend on besides the message. */
export interface PriceRules {
	/** Null: nothing has a price. */
	card: RateCard | null;
	/** Null: all messages cost the list rate. */
	tierList: TierList | null;
	markets: MarketFinder;
	/** Charged messages of this month by market and category; null if not known. */
	volumeBefore:
		((market: string, category: Category | 'authentication_international') => number) | null;
	/** Service messages of this month by phone number ID; null if not known. */
	serviceBefore: ((phoneNumberId: string) => number) | null;
	/** The home of a business that pays the international rate for codes; null for all others. */
	international: { home: string | null } | null;
}

/** A message that may be sent. */
export interface BillableMessage {
	/** `+` and digits, or a user ID; null for a group, where each participant counts. */
	address: string | null;
	phoneNumberId: string;
	/** Null if it could not be found out. */
	category: Category | null;
	freeEntry: FreeEntry;
}

/** Why a message has no price. */
export type NoPrice = 'no_card' | 'no_market' | 'no_rate' | 'no_category' | 'group';

/** What one message costs if it is delivered, in the card's currency. */
export interface Price {
	/** Null for a group. */
	market: string | null;
	/** Whether the market follows from a user ID's country. */
	byCountry: boolean;
	/** The list rate, before tiers; null if there is none. */
	rate: number | null;
	/** The bounds of the cost; equal if nothing is open, null if there is no price. */
	lowest: number | null;
	highest: number | null;
	/** Why it costs nothing, or perhaps nothing. */
	free: 'entry_point' | 'service' | null;
	noPrice: NoPrice | null;
	/** Whether the international rate applies. */
	isInternational: boolean;
	/** Whether the card has an international rate that, as far as known, does not apply. */
	hasInternationalRate: boolean;
}

/** Prices messages one after the other: earlier ones use up what is free, and fill the tiers. */
export interface Meter {
	price(message: BillableMessage): Price;
}

/** https://developers.facebook.com/docs/whatsapp/pricing */
export function createMeter(rules: PriceRules): Meter {
	const { card, markets } = rules;
	const allowanceOf = createAllowance(rules);
	const tiered = createTierCounter(rules);
	const home =
		rules.international?.home == null
			? null
			: marketKey(marketOfCountry(markets, rules.international.home));

	return {
		price(message) {
			const { address, category, freeEntry, phoneNumberId } = message;
			const found = address === null ? null : markets.find(address);
			const price: Price = {
				market: found?.market ?? null,
				byCountry: found?.byCountry ?? false,
				rate: null,
				lowest: null,
				highest: null,
				free: null,
				noPrice: null,
				isInternational: false,
				hasInternationalRate: false,
			};
			if (found !== null && freeEntry === 'yes') {
				return { ...price, lowest: 0, highest: 0, free: 'entry_point' };
			}
			if (found === null) return { ...price, noPrice: 'group' };
			if (category === null) return { ...price, noPrice: 'no_category' };
			if (card === null) return { ...price, noPrice: 'no_card' };
			const key = marketKey(found.market);
			const rates = card.rates.get(key);
			if (rates === undefined) return { ...price, noPrice: 'no_market' };
			const international =
				category === 'authentication' ? rates.authenticationInternational : null;
			const isInternational =
				international !== null && rules.international !== null && home !== key;
			price.hasInternationalRate = international !== null && !isInternational;
			price.isInternational = isInternational;
			// Service messages cost the list rate of utility; older cards have no column for them.
			const own = category === 'service' ? (rates.service ?? rates.utility) : rates[category];
			const rate = isInternational ? international : own;
			if (rate === null) return { ...price, noPrice: 'no_rate' };
			price.rate = rate;
			const allowance = category === 'service' ? allowanceOf(phoneNumberId) : 'no';
			if (allowance === 'yes') return { ...price, lowest: 0, highest: 0, free: 'service' };
			const isPerhapsFree = freeEntry === 'perhaps' || allowance === 'perhaps';
			const { lowest, highest } = tiered(found.market, category, {
				rate,
				isInternational,
				isPerhapsFree,
			});
			return {
				...price,
				lowest: isPerhapsFree ? 0 : lowest,
				highest,
				free: isPerhapsFree ? (allowance === 'perhaps' ? 'service' : 'entry_point') : null,
			};
		},
	};
}

/** Uses up each number's free service messages. */
function createAllowance({ serviceBefore }: PriceRules) {
	const used = new Map<string, number>();
	return (phoneNumberId: string): 'yes' | 'perhaps' | 'no' => {
		const before = used.get(phoneNumberId) ?? serviceBefore?.(phoneNumberId) ?? 0;
		used.set(phoneNumberId, before + 1);
		if (before >= freeServiceMessages) return 'no';
		return serviceBefore === null ? 'perhaps' : 'yes';
	};
}

interface ListPrice {
	rate: number;
	isInternational: boolean;
	/** It may not count towards the tier. */
	isPerhapsFree: boolean;
}

/** Counts charged messages by market and category, and finds the tier of the next one. */
function createTierCounter({ tierList, volumeBefore }: PriceRules) {
	const volumes = new Map<string, { least: number; most: number }>();
	return (
		market: string,
		category: Category,
		{ rate, isInternational, isPerhapsFree }: ListPrice,
	): { lowest: number; highest: number } => {
		const listRate = { lowest: rate, highest: rate };
		if (category !== 'utility' && category !== 'authentication') return listRate;
		const key = tierKey(market, isInternational ? 'authenticationInternational' : category);
		const tiers = tierList?.tiers.get(key);
		if (tiers === undefined || tiers.length === 0) return listRate;
		if (volumeBefore === null) {
			return { lowest: Math.min(rate, ...tiers.map((tier) => tier.rate)), highest: rate };
		}
		const before = volumeBefore(
			market,
			isInternational ? 'authentication_international' : category,
		);
		const volume = volumes.get(key) ?? { least: before, most: before };
		volumes.set(key, {
			least: volume.least + (isPerhapsFree ? 0 : 1),
			most: volume.most + 1,
		});
		return {
			lowest: rateOf(tiers, volume.most + 1) ?? rate,
			highest: rateOf(tiers, volume.least + 1) ?? rate,
		};
	};
}

/** @param number of the message within the month */
const rateOf = (tiers: readonly Tier[], number: number): number | undefined =>
	tiers.find(({ from, to }) => number >= from && number <= to)?.rate;
