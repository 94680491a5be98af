import { getCountries, getCountryCallingCode, isSupportedCountry } from 'libphonenumber-js/min';
import { marketTable, otherMarket } from './marketTable';

/** The name of a market as rate cards compare: `Rest of Central & Eastern Europe*` is one of them. */
export const marketKey = (name: string): string =>
	name
		.normalize('NFKD')
		.toLowerCase()
		.replace(/&/g, ' and ')
		.replace(/[^\p{L}\s]/gu, '')
		.replace(/\s+/g, ' ')
		.trim();

/** What the finder needs of a rate card. */
interface PricedMarkets {
	/** `2026-10-01`; null if the card does not say. */
	validFrom: string | null;
	/** By key of the market. */
	rates: ReadonlyMap<string, { market: string; codes: readonly string[] }>;
}

/** Finds the market of a recipient. */
export interface MarketFinder {
	/**
	 * @param address `+` and digits, or a user ID such as `US.1349…`
	 * @returns the market's name, and whether it comes from a user ID's country
	 */
	find(address: string): { market: string; byCountry: boolean };
	/** Markets of the rate card whose calling codes are not known. */
	readonly unknown: readonly string[];
}

/** The longest codes have four digits. */
const longestCode = 4;

/**
 * Prepares to find markets, by `marketTable` and what the rate card adds to it: its own calling
 * codes, and countries that have become markets since the table was written. A card of an earlier
 * quarter has those as part of a region.
 */
export function createMarketFinder(card: PricedMarkets | null): MarketFinder {
	const byCode = new Map<string, string>();
	const validFrom = card?.validFrom ?? null;
	for (const { name, codes, before } of marketTable) {
		const isPartOfRegion =
			before !== undefined &&
			validFrom !== null &&
			validFrom < before.until &&
			card?.rates.has(marketKey(name)) === false;
		for (const code of codes) byCode.set(code, isPartOfRegion ? before.name : name);
	}
	const unknown: string[] = [];
	for (const [key, { market, codes }] of card?.rates ?? []) {
		const own = codes.length > 0 ? codes : tableKeys.has(key) ? [] : codesOfCountry(key);
		if (own === null) unknown.push(market);
		for (const code of own ?? []) byCode.set(code, market);
	}
	return {
		find(address) {
			const byCountry = !address.startsWith('+');
			const digits = byCountry ? codeOfUserId(address) : address.slice(1);
			for (let length = longestCode; length > 0; length--) {
				const market = byCode.get(digits.slice(0, length));
				if (market !== undefined) return { market, byCountry };
			}
			return { market: otherMarket, byCountry };
		},
		unknown,
	};
}

const tableKeys: ReadonlySet<string> = new Set(marketTable.map(({ name }) => marketKey(name)));

const countryNames = new Intl.DisplayNames('en', { type: 'region' });

/** The calling code of a country; null if nothing is called so, or it shares its code. */
function codesOfCountry(key: string): string[] | null {
	const country = getCountries().find((iso) => marketKey(countryNames.of(iso) ?? '') === key);
	if (country === undefined) return null;
	const code = getCountryCallingCode(country);
	return code === '1' || code === '7' ? null : [code];
}

/** Area codes of the countries that share +1 and are not North America, and of Kazakhstan. */
const shared: Readonly<Record<string, string>> = {
	DO: '1809',
	JM: '1876',
	PR: '1787',
	US: '1',
	CA: '1',
	KZ: '77',
};

/** A user ID tells the country: `DE.1349…` is `49`; empty for one without a calling code. */
function codeOfUserId(userId: string): string {
	const country = userId.slice(0, 2);
	const own = shared[country];
	if (own !== undefined) return own;
	if (!isSupportedCountry(country)) return '';
	const code = getCountryCallingCode(country);
	return code === '1' ? '' : code;
}

/** The market of a country, such as the one where a business is at home: `IN` → `India`. */
export const marketOfCountry = (finder: MarketFinder, iso: string): string =>
	finder.find(`${iso.toUpperCase()}.`).market;
