import { formatNumber } from '../values/limits';
import { isObject, objectOf } from '../values/unknown';
import type { GraphClient } from './client';
import { NoAnswerError, type GraphFailure } from './errors/errors';
import { PartialFailure } from './errors/partialFailure';
import type { GraphRequest } from './graphRequest';

/**
 * The entries of a page; undefined if it holds no list. Meta lists groups one level deeper than
 * everything else: `{data: {groups: […]}}`.
 */
export function entriesOf(page: unknown): unknown[] | undefined {
	const { data } = objectOf(page);
	const list: unknown = isObject(data) ? Object.values(data)[0] : data;
	return Array.isArray(list) ? list : undefined;
}

/**
 * Where the next page of a list begins. An empty page may have a successor, since Meta filters a
 * page after it has cut it. A page that points to itself ends the list.
 *
 * @param cursor where this page began; undefined for the first one
 * @returns undefined after the last page
 * @see https://developers.facebook.com/docs/graph-api/results
 */
export function nextCursor(page: unknown, cursor: string | undefined): string | undefined {
	if (!isObject(page)) return undefined;
	const { next, cursors } = objectOf(page['paging']);
	const { after } = objectOf(cursors);
	if (typeof next !== 'string' || next === '') return undefined;
	return typeof after === 'string' && after !== '' && after !== cursor ? after : undefined;
}

/** A list whose later page could not be read: what came before is only a part of it. */
function laterPage(failure: GraphFailure, page: number, entriesRead: number): PartialFailure {
	const read = formatNumber(entriesRead);
	return new PartialFailure(failure, {
		before: `Page ${page} of the list could not be read: `,
		after: `The ${read} results of the pages before it are not returned, because they are not all. Run the node again, or set Limit to ${read} to get these alone.`,
	});
}

/** How much of a list to read. */
export interface ListLimits {
	/** Entries to return at most; may be infinite. */
	limit: number;
	/** Entries to ask for at once; Meta answers with as many or fewer. */
	pageSize: number;
}

/**
 * Reads the entries of a list, page by page, up to the limit.
 *
 * @throws GraphApiError or NoAnswerError if the first page cannot be read
 * @throws PartialFailure if another one cannot
 */
export async function readList(
	graph: GraphClient,
	request: GraphRequest,
	{ limit, pageSize }: ListLimits,
): Promise<unknown[]> {
	const entries: unknown[] = [];
	const begun = new Set<string>();
	let after: string | undefined;
	for (let page = 1; ; page++) {
		const size = Math.min(pageSize, limit - entries.length);
		const asked = await graph.attempt({
			...request,
			query: { ...request.query, limit: size, ...(after === undefined ? {} : { after }) },
		});
		const data = asked.ok ? entriesOf(asked.response.body) : undefined;
		if (!asked.ok || data === undefined) {
			const failure = asked.ok ? withoutList(asked.response.status) : asked.error;
			throw page === 1 ? failure : laterPage(failure, page, entries.length);
		}
		entries.push(...data.slice(0, size));
		after = nextCursor(asked.response.body, after);
		// Pages that point at each other would never end.
		if (after === undefined || entries.length >= limit || begun.has(after)) return entries;
		begun.add(after);
	}
}

const withoutList = (httpStatus: number): NoAnswerError =>
	new NoAnswerError('unexpected', 'Meta answered without a list ("data" is missing)', {
		httpStatus,
		isRepeatable: true,
	});
