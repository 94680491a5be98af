import type { Page, PageRequest } from '../page';
import { requireWithin } from './encode';

/** Where a page ended: a time, then a key, in the order of the list. */
interface Position {
	time: number;
	key: string;
}

const maxPage = 1_000;

/**
 * Values for a statement that lists by time and key: `after_time`, `after_key` and `limit_count`.
 * The latter is one more than the page holds, which tells whether there is another page.
 *
 * @throws RangeError if the limit is out of bounds or `after` did not come from a page.
 */
export function pageValues({ limit, after }: PageRequest): {
	after_time: number;
	after_key: string;
	limit_count: number;
} {
	requireWithin(limit, 1, maxPage, 'limit');
	const position = after ? decode(after) : { time: Number.MIN_SAFE_INTEGER, key: '' };
	return {
		after_time: position.time,
		after_key: position.key,
		limit_count: Math.floor(limit) + 1,
	};
}

/** Types of `pageValues`, for the statement. */
export const pageValueKinds = {
	after_time: 'integer',
	after_key: 'text',
	limit_count: 'integer',
} as const;

export function toPage<Entry>(
	entries: readonly Entry[],
	{ limit }: PageRequest,
	positionOf: (entry: Entry) => Position,
): Page<Entry> {
	const shown = entries.slice(0, Math.floor(limit));
	const last = shown.at(-1);
	const hasMore = entries.length > shown.length && last !== undefined;
	return { entries: shown, next: hasMore ? encode(positionOf(last)) : null };
}

const encode = ({ time, key }: Position): string => `${time} ${key}`;

function decode(text: string): Position {
	const match = /^(-?\d{1,16}) (.*)$/s.exec(text);
	if (match === null) throw new RangeError('after is no place that a page gave');
	return { time: Number(match[1]), key: match[2] ?? '' };
}
