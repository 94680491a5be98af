import type { Category } from '../market/category';
import { marketKey } from '../market/markets';
import { amountReader } from './amounts';
import type { Sheet } from '../../values/files/csv';
import { currencyOf } from './currency';

/** What a message costs while the month's number of charged messages lies within these limits. */
export interface Tier {
	/** Of the message within the month, from 0 or 1. */
	from: number;
	/** Inclusive; may be infinite. */
	to: number;
	rate: number;
}

type TieredCategory =
	Extract<Category, 'utility' | 'authentication'> | 'authenticationInternational';

/** Meta's volume tiers in one currency. */
export interface TierList {
	/** `USD`; empty if the list does not say. */
	currency: string;
	/** By `tierKey`, each in ascending order. */
	tiers: ReadonlyMap<string, readonly Tier[]>;
}

export const tierKey = (market: string, category: TieredCategory): string =>
	`${marketKey(market)}/${category}`;

/** The order of the blocks, for a list that does not name them. */
const usualOrder: readonly TieredCategory[] = [
	'utility',
	'authentication',
	'authenticationInternational',
];

interface Block {
	category: TieredCategory;
	currency: number | null;
	from: number;
	to: number;
	rate: number;
}

/**
 * Reads Meta's list of volume tiers: one block of columns for each category, side by side, and the
 * market in its first row alone.
 *
 * @returns a list for each currency; empty if the sheet holds none
 */
export function readTierLists({ rows, hasDecimalCommas }: Sheet): TierList[] {
	const head = rows.findIndex((row) => blocksOf(row, []).length > 0);
	const blocks = blocksOf(rows[head] ?? [], rows.slice(0, Math.max(0, head)));
	if (blocks.length === 0) return [];
	const body = rows.slice(head + 1);
	const readAmount = amountReader(
		body.flatMap((row) => blocks.map(({ rate }) => row[rate] ?? '')),
		hasDecimalCommas,
	);
	const lists = new Map<string, Map<string, Tier[]>>();
	let market = '';
	for (const row of body) {
		const named = row[0]?.trim() ?? '';
		if (named !== '') market = named;
		for (const block of blocks) {
			const rate = readAmount(row[block.rate] ?? '');
			const from = countOf(row[block.from] ?? '');
			if (market === '' || rate === null || from === null) continue;
			const to = countOf(row[block.to] ?? '') ?? Infinity;
			const written = block.currency === null ? '' : (row[block.currency] ?? '');
			const currency = currencyOf(written);
			const list = lists.get(currency) ?? new Map<string, Tier[]>();
			lists.set(currency, list);
			const key = tierKey(market, block.category);
			const tiers = list.get(key) ?? [];
			list.set(
				key,
				[...tiers, { from, to, rate }].sort((a, b) => a.from - b.from),
			);
		}
	}
	return [...lists].map(([currency, tiers]) => ({ currency, tiers }));
}

function blocksOf(row: readonly string[], above: readonly string[][]): Block[] {
	const texts = row.map((text) => text.trim().toLowerCase());
	const starts = texts.flatMap((text, index) => (text === 'from' ? [index] : []));
	return starts.flatMap((from, number) => {
		const end = starts[number + 1] ?? texts.length;
		const after = (name: string): number =>
			texts.findIndex((text, at) => text === name && at > from);
		const [to, rate] = [after('to'), after('rate')];
		if (to === -1 || rate === -1 || to >= end || rate >= end) return [];
		const start = Math.max(0, from - 1);
		const currency = texts[start] === 'currency' ? start : null;
		const category = categoryAbove(above, start, end) ?? usualOrder[number];
		return category === undefined ? [] : [{ category, currency, from, to, rate }];
	});
}

/** The name of a block stands above it, in any of its columns. */
function categoryAbove(
	above: readonly string[][],
	start: number,
	end: number,
): TieredCategory | null {
	for (const row of [...above].reverse()) {
		const text = row
			.slice(start, end - 1)
			.join(' ')
			.toLowerCase();
		if (text.includes('authentication')) {
			return text.includes('international') ? 'authenticationInternational' : 'authentication';
		}
		if (text.includes('utility')) return 'utility';
	}
	return null;
}

/** `250,001` → 250001; null for `--`. */
function countOf(text: string): number | null {
	const digits = text.replace(/[\s.,'\u00a0\u202f]/g, '');
	return /^\d+$/.test(digits) ? Number(digits) : null;
}
