import { isObject, objectOf } from '../values/unknown';

/**
 * Where the next page of a list begins. An empty page ends the list, and so does one that points to
 * itself, which would otherwise loop forever.
 *
 * @param cursor where this page began; undefined for the first one
 * @returns undefined after the last page
 * @see https://developers.facebook.com/docs/graph-api/results
 */
export function nextCursor(page: unknown, cursor: string | undefined): string | undefined {
	if (!isObject(page) || !Array.isArray(page['data']) || page['data'].length === 0)
		return undefined;
	const { next, cursors } = objectOf(page['paging']);
	const { after } = objectOf(cursors);
	if (typeof next !== 'string' || next === '') return undefined;
	return typeof after === 'string' && after !== '' && after !== cursor ? after : undefined;
}
