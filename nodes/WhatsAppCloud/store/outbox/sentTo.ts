import { onRows, type Work } from '../engine/database';
import { encodeInteger, encodeKey, encodeText, readNumber, readText } from '../engine/encode';
import type { ColumnKind, Row, Statement } from '../engine/statement';
import { hasFailed, hasReached } from '../statuses/furthest';
import type { SentMessage, SentToRequest } from './outboxStore';

/** A request for what went out to a person, ready for the database: a row per key. */
export type EncodedSentTo = readonly Row[];

const keyColumns = {
	account_key: 'text',
	contact_key: 'text',
	since: 'integer',
	category: 'text',
	place: 'integer',
} as const satisfies Record<string, ColumnKind>;

/** When a message went out, or may have, as far as the outbox knows. */
const wentAt = 'COALESCE(o.sent_at, o.updated_at)';

/**
 * Meta prices what goes by its own way of marketing as `marketing_lite`. What nobody knows the
 * category of counts as marketing, as the rules judge it.
 */
const categoryOf = `COALESCE(o.category,
	CASE WHEN lower(m.pricing_category) = 'marketing_lite' THEN 'marketing'
		ELSE lower(m.pricing_category) END, 'marketing')`;

const sentToStatement: Statement = {
	rows: keyColumns,
	values: {},
	sql: ({ table, rows }) => `
		SELECT r.place, o.operation_id, ${wentAt} AS at,
			CASE WHEN ${hasReached('delivered')} THEN 1 ELSE 0 END AS is_delivered,
			CASE WHEN ${hasReached('read')} THEN 1 ELSE 0 END AS is_read
		FROM ${rows}
		JOIN ${table('operations')} o
			ON o.account_key = r.account_key AND o.recipient_key = r.contact_key
		LEFT JOIN ${table('messages')} m ON m.message_id = o.message_id
		WHERE o.state IN ('sending', 'sent', 'unknown') AND ${wentAt} > r.since
			AND (r.category IS NULL OR ${categoryOf} = r.category)
			AND NOT ${hasFailed}`,
};

/** @throws RangeError if a key is empty or too long */
export const encodeSentTo = (request: SentToRequest): EncodedSentTo => {
	const account_key = encodeKey(request.accountKey, 'accountKey');
	const since = encodeInteger(request.since, 'since');
	const category = encodeText(request.category);
	return [...new Set(request.contactKeys)].map((key) => ({
		account_key,
		contact_key: encodeKey(key, 'contactKey'),
		since,
		category,
	}));
};

/** @returns the messages for each request, newest first. */
export function* readSentTo(requests: readonly EncodedSentTo[]): Work<SentMessage[][]> {
	const keyed = requests.flatMap((rows, place) => rows.map((row) => ({ ...row, place })));
	const found = requests.map((): SentMessage[] => []);
	for (const row of yield* onRows(sentToStatement, keyed)) {
		found[readNumber(row, 'place')]?.push({
			operationId: readText(row, 'operation_id'),
			at: readNumber(row, 'at'),
			isDelivered: readNumber(row, 'is_delivered') === 1,
			isRead: readNumber(row, 'is_read') === 1,
		});
	}
	for (const messages of found) messages.sort((a, b) => b.at - a.at);
	return found;
}
