import { onRows, type Work } from '../engine/database';
import { readText } from '../engine/encode';
import { insertRows, type Row, type Statement } from '../engine/statement';
import { messageColumns, type EncodedStatus } from './statusRow';

const columns = Object.keys(messageColumns);

/** The earliest time of a status counts, in whatever order and however often it arrives. */
const earliest = (column: string): string =>
	`${column} = CASE WHEN m.${column} IS NULL OR excluded.${column} < m.${column} THEN excluded.${column} ELSE m.${column} END`;

const firstKnown = (column: string): string =>
	`${column} = COALESCE(m.${column}, excluded.${column})`;

const lastKnown = (column: string): string =>
	`${column} = COALESCE(excluded.${column}, m.${column})`;

const times = ['sent_at', 'delivered_at', 'read_at', 'played_at', 'failed_at', 'first_at'];

const recordStatement: Statement = {
	rows: messageColumns,
	values: {},
	sql: (write) => `${insertRows(write, 'messages', columns, 'm')}
		ON CONFLICT (message_id) DO UPDATE SET
			${times.map(earliest).join(', ')},
			${['operation_id', 'phone_number_id', 'recipient_key'].map(firstKnown).join(', ')},
			${['error_code', 'error_title', 'pricing_category', 'pricing_type', 'billable'].map(lastKnown).join(', ')},
			other_status = CASE WHEN m.other_at IS NULL OR excluded.other_at >= m.other_at
				THEN excluded.other_status ELSE m.other_status END,
			other_at = CASE WHEN m.other_at IS NULL OR excluded.other_at >= m.other_at
				THEN excluded.other_at ELSE m.other_at END,
			updated_at = excluded.updated_at`,
};

/**
 * A status proves what became of its operation. If an expired key is reused, late statuses for the
 * first message must not complete the second, hence the check of the message ID.
 */
const settleStatement: Statement = {
	rows: {
		operation_id: 'text',
		message_id: 'text',
		state: 'text',
		at: 'integer',
		error_code: 'integer',
		error_title: 'text',
		now: 'integer',
	},
	values: {},
	sql: ({ table, rows, changed }) => `
		UPDATE ${table('operations')} AS o SET
			state = r.state,
			message_id = r.message_id,
			sent_at = CASE WHEN r.state = 'sent' THEN r.at END,
			error_code = r.error_code,
			error_class = NULL,
			error_message = r.error_title,
			updated_at = r.now,
			body = NULL
		FROM ${rows}
		WHERE o.operation_id = r.operation_id
			AND ((r.state = 'sent' AND o.state <> 'sent')
				OR (r.state = 'failed' AND o.state IN ('sending', 'unknown')))
			AND NOT EXISTS (SELECT 1 FROM ${table('operations')} x
				WHERE x.message_id = r.message_id AND x.operation_id <> r.operation_id)
		RETURNING ${changed('o')}operation_id`,
};

/** Records in batches. */
export function* recordAll(entries: readonly EncodedStatus[]): Work<boolean[]> {
	yield* onRows(
		recordStatement,
		joinBy(entries, ({ messageId }) => messageId, joinMessage),
	);
	const rows = joinBy(
		entries.filter(({ known, operationId }) => known !== null && operationId !== null),
		({ operationId }) => operationId ?? '',
		joinProof,
	);
	const settled = new Set(
		(yield* onRows(settleStatement, rows)).map((row) => readText(row, 'operation_id')),
	);
	return entries.map(
		({ known, operationId }) => known !== null && operationId !== null && settled.has(operationId),
	);
}

/**
 * Joins the entries of each key into one row, sorted by key: the order in which all processes lock.
 */
function joinBy(
	entries: readonly EncodedStatus[],
	keyOf: (entry: EncodedStatus) => string,
	join: (before: Row | undefined, entry: EncodedStatus) => Row,
): Row[] {
	const rows = new Map<string, Row>();
	for (const entry of entries) rows.set(keyOf(entry), join(rows.get(keyOf(entry)), entry));
	return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

function joinMessage(before: Row | undefined, entry: EncodedStatus): Row {
	const timeOf = (status: EncodedStatus['known'], column: string): number | null => {
		const known = before?.[column];
		const seen = typeof known === 'number' ? known : null;
		if (entry.known !== status) return seen;
		return seen === null ? entry.at : Math.min(seen, entry.at);
	};
	const isOther = entry.known === null;
	return {
		message_id: entry.messageId,
		account_key: entry.accountKey,
		operation_id: before?.['operation_id'] ?? entry.operationId,
		phone_number_id: before?.['phone_number_id'] ?? entry.phoneNumberId,
		recipient_key: before?.['recipient_key'] ?? entry.recipientKey,
		sent_at: timeOf('sent', 'sent_at'),
		delivered_at: timeOf('delivered', 'delivered_at'),
		read_at: timeOf('read', 'read_at'),
		played_at: timeOf('played', 'played_at'),
		failed_at: timeOf('failed', 'failed_at'),
		other_status: isOther ? entry.status : (before?.['other_status'] ?? null),
		other_at: isOther ? entry.at : (before?.['other_at'] ?? null),
		error_code: entry.errorCode ?? before?.['error_code'] ?? null,
		error_title: entry.errorTitle ?? before?.['error_title'] ?? null,
		pricing_category: entry.pricingCategory ?? before?.['pricing_category'] ?? null,
		pricing_type: entry.pricingType ?? before?.['pricing_type'] ?? null,
		billable: entry.billable ?? before?.['billable'] ?? null,
		first_at: Math.min(Number(before?.['first_at'] ?? entry.at), entry.at),
		updated_at: entry.now,
	};
}

/** Of several statuses for an operation, one that proves it went out outweighs `failed`. */
function joinProof(before: Row | undefined, entry: EncodedStatus): Row {
	const isFailed = entry.known === 'failed';
	if (before !== undefined && (isFailed || before['state'] === 'sent')) return before;
	return {
		operation_id: entry.operationId,
		message_id: entry.messageId,
		state: isFailed ? 'failed' : 'sent',
		at: entry.at,
		error_code: isFailed ? entry.errorCode : null,
		error_title: isFailed ? entry.errorTitle : null,
		now: entry.now,
	};
}
