import { FieldProblem } from '../../values/problem';
import { marketKey } from '../market/markets';
import { amountReader } from './amounts';
import type { Sheet } from '../../values/files/csv';
import { currencyIn, currencyOf } from './currency';
import { validFromOf } from './validFrom';

/** Prices per delivered message in a market; null where the card has none (`n/a`). */
export interface MarketRates {
	/** As the card writes it. */
	market: string;
	marketing: number | null;
	utility: number | null;
	authentication: number | null;
	authenticationInternational: number | null;
	service: number | null;
	/** Calling codes, if the card has a column for them. */
	codes: readonly string[];
}

/** Meta's prices in one currency. */
export interface RateCard {
	/** `USD`; empty if the card does not say. */
	currency: string;
	/** `2026-10-01`; null if the card does not say. */
	validFrom: string | null;
	/** By `marketKey`. */
	rates: ReadonlyMap<string, MarketRates>;
}

/** Columns by their heading in lower-case letters, without anything else. */
const headings = {
	market: ['market', 'country', 'countryregion', 'marketcountry'],
	currency: ['currency'],
	marketing: ['marketing'],
	utility: ['utility'],
	authentication: ['authentication'],
	authenticationInternational: ['authenticationinternational', 'authinternational', 'authintl'],
	service: ['service'],
	codes: ['callingcodes', 'callingcode', 'countrycallingcodes', 'countrycodes'],
	validFrom: ['validfrom', 'effectivefrom', 'effectivedate'],
} as const;

type Column = keyof typeof headings;
const columns = Object.keys(headings) as Column[];
const rateColumns = [
	'marketing',
	'utility',
	'authentication',
	'authenticationInternational',
	'service',
] as const;

const lettersOf = (text: string): string => text.toLowerCase().replace(/[^a-z]/g, '');

/** Where each column stands; null if the row is no heading of a rate card. */
function columnsOf(row: readonly string[]): Map<Column, number> | null {
	const texts = row.map(lettersOf);
	// The list of volume tiers begins with a market, too.
	if (texts.includes('from') && texts.includes('to')) return null;
	const found = new Map<Column, number>();
	for (const column of columns) {
		const names: readonly string[] = headings[column];
		const at = texts.findIndex((text) => names.includes(text));
		if (at !== -1) found.set(column, at);
	}
	const hasRates = rateColumns.some((column) => found.has(column));
	return found.has('market') && hasRates ? found : null;
}

/**
 * Reads a rate card as Meta publishes it: a title and notes, a heading row, and a row for each
 * market. Columns are found by their headings, in any order.
 *
 * @param fileName may name the date
 * @returns a card for each currency; empty if the sheet holds no rate card
 * @throws FieldProblem if it has two prices for the same thing
 */
export function readRateCards({ rows, hasDecimalCommas }: Sheet, fileName: string): RateCard[] {
	const head = rows.findIndex((row) => columnsOf(row) !== null);
	const at = columnsOf(rows[head] ?? []);
	if (at === null) return [];
	const cell = (row: readonly string[], column: Column): string => {
		const index = at.get(column);
		return index === undefined ? '' : (row[index] ?? '').trim();
	};
	const body = rows.slice(head + 1).filter((row) => cell(row, 'market') !== '');
	const readAmount = amountReader(
		body.flatMap((row) => rateColumns.map((column) => cell(row, column))),
		hasDecimalCommas,
	);
	const title = rows.slice(0, head).map((row) => row.join(' ').trim());
	const ofTitle = title.map(currencyIn).find((currency) => currency !== null) ?? '';
	const ofColumn = body.map((row) => cell(row, 'validFrom')).filter((text) => text !== '');
	const validFrom = validFromOf(ofColumn.length > 0 ? ofColumn : [...title, fileName]);

	const cards = new Map<string, Map<string, MarketRates>>();
	for (const row of body) {
		const rate = (column: (typeof rateColumns)[number]): number | null =>
			readAmount(cell(row, column));
		const rates: MarketRates = {
			market: cell(row, 'market').replace(/[\s*†]+$/, ''),
			marketing: rate('marketing'),
			utility: rate('utility'),
			authentication: rate('authentication'),
			authenticationInternational: rate('authenticationInternational'),
			service: rate('service'),
			codes: cell(row, 'codes').match(/\d+/g) ?? [],
		};
		// A note below the table.
		if (rateColumns.every((column) => rates[column] === null)) continue;
		const written = cell(row, 'currency');
		const currency = written === '' ? ofTitle : currencyOf(written);
		const card = cards.get(currency) ?? new Map<string, MarketRates>();
		cards.set(currency, card);
		addRates(card, rates);
	}
	return [...cards].map(([currency, rates]) => ({ currency, validFrom, rates }));
}

function addRates(card: Map<string, MarketRates>, rates: MarketRates): void {
	const key = marketKey(rates.market);
	const earlier = card.get(key);
	const differing = rateColumns.find((column) => earlier && earlier[column] !== rates[column]);
	if (differing !== undefined) {
		throw new FieldProblem(
			'Rate Card',
			`has two prices for ${rates.market}`,
			'Keep one row for each market, of the month in which you send.',
		);
	}
	card.set(key, rates);
}
