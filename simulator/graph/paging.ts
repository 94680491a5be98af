import type { FastifyRequest } from 'fastify';
import type { JsonObject } from '../json.ts';
import { asText } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import { callOf, originOf, queryOf } from './call.ts';
import { GraphError, invalidParameter } from '../errors/graph-error.ts';

const defaultLimit = 25;
const maxLimit = 1000;

/**
 * One page of a list with Meta's cursors.
 * https://developers.facebook.com/docs/graph-api/results
 * @throws GraphError 131059 for an unknown cursor, 100 for a bad limit
 */
export function page<T>(
	simulator: Simulator,
	request: FastifyRequest,
	items: readonly T[],
	keyOf: (item: T) => string,
	show: (item: T) => JsonObject,
): JsonObject {
	const query = queryOf(request);
	const limit = readLimit(query['limit']);
	const [start, end] = range(query, items, keyOf, limit);
	const chosen = items.slice(start, end);
	const first = chosen[0];
	const last = chosen.at(-1);
	const result: JsonObject = { data: chosen.map(show) };
	if (first === undefined || last === undefined) return result;
	const before = toCursor(keyOf(first));
	const after = toCursor(keyOf(last));
	result['paging'] = {
		cursors: { before, after },
		...(start > 0 ? { previous: pageUrl(simulator, request, { before }) } : {}),
		...(end < items.length ? { next: pageUrl(simulator, request, { after }) } : {}),
	};
	return result;
}

function readLimit(value: unknown): number {
	const text = asText(value);
	if (text === undefined) return defaultLimit;
	const limit = Number(text);
	if (!Number.isInteger(limit) || limit < 1) {
		throw invalidParameter('Param limit must be a positive integer');
	}
	return Math.min(limit, maxLimit);
}

function range<T>(
	query: JsonObject,
	items: readonly T[],
	keyOf: (item: T) => string,
	limit: number,
): [number, number] {
	const after = asText(query['after']);
	const before = asText(query['before']);
	const position = (cursor: string): number => {
		const key = fromCursor(cursor);
		const index = items.findIndex((item) => keyOf(item) === key);
		if (index < 0) throw new GraphError(131059, { details: 'The cursor is not valid' });
		return index;
	};
	if (after !== undefined) {
		const start = position(after) + 1;
		return [start, Math.min(start + limit, items.length)];
	}
	if (before !== undefined) {
		const end = position(before);
		return [Math.max(0, end - limit), end];
	}
	return [0, Math.min(limit, items.length)];
}

/** Meta's cursors are base64 with letters instead of `=`. */
function toCursor(key: string): string {
	return `QVFIU${Buffer.from(key).toString('base64url')}`;
}

function fromCursor(cursor: string): string | undefined {
	return cursor.startsWith('QVFIU')
		? Buffer.from(cursor.slice(5), 'base64url').toString('utf8')
		: undefined;
}

/** The link has no token: whoever follows it sends one, as with every other call. */
function pageUrl(
	simulator: Simulator,
	request: FastifyRequest,
	cursor: { before?: string; after?: string },
): string {
	const url = new URL(`${originOf(simulator, request)}/${callOf(request).version}${request.url}`);
	for (const name of ['before', 'after', 'access_token', 'appsecret_proof']) {
		url.searchParams.delete(name);
	}
	for (const [name, value] of Object.entries(cursor)) url.searchParams.set(name, value);
	return url.href;
}
