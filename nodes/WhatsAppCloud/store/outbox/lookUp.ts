import { onRows, once, type Work } from '../engine/database';
import { readNumber } from '../engine/encode';
import { pageValueKinds, toPage } from '../engine/pageQuery';
import type { Row, Statement } from '../engine/statement';
import type { Page, PageRequest } from '../page';
import type { OutboxEntry, EntryState } from './outboxEntry';
import {
	filterValues,
	fitsFilter,
	readEntry,
	readState,
	entryColumns,
	withLease,
} from './outboxRow';

export const byOperationId: Statement = {
	rows: { operation_id: 'text' },
	values: {},
	sql: (write) => `
		SELECT ${entryColumns}
		FROM ${write.rows} JOIN ${write.table('operations')} o ON o.operation_id = r.operation_id
		${withLease(write)}`,
};

export const byMessageId: Statement = {
	rows: { message_id: 'text' },
	values: {},
	sql: (write) => `
		SELECT ${entryColumns}
		FROM ${write.rows} JOIN ${write.table('operations')} o ON o.message_id = r.message_id
		${withLease(write)}`,
};

const byFingerprintStatement: Statement = {
	rows: { fingerprint: 'text' },
	values: { account_key: 'text', execution_began: 'integer', limit_each: 'integer' },
	sql: (write) => `
		SELECT * FROM (
			SELECT ${entryColumns}, ROW_NUMBER() OVER (
				PARTITION BY o.fingerprint ORDER BY o.created_at DESC, o.operation_id) AS place
			FROM ${write.rows} JOIN ${write.table('operations')} o ON o.fingerprint = r.fingerprint
			${withLease(write)}
			WHERE o.account_key = ${write.value('account_key')}
				AND (${write.value('execution_began')} IS NULL OR o.execution_began IS NULL
					OR o.execution_began = ${write.value('execution_began')})
		) found
		WHERE place <= ${write.value('limit_each')}
		ORDER BY fingerprint, place`,
};

/** @returns the entries for each fingerprint, newest first. */
export function* findByFingerprint(
	fingerprints: readonly string[],
	values: Row,
): Work<Map<string, OutboxEntry[]>> {
	const rows = [...new Set(fingerprints)].map((fingerprint) => ({ fingerprint }));
	const found = (yield* onRows(byFingerprintStatement, rows, values)).map(readEntry);
	const groups = new Map<string, OutboxEntry[]>(fingerprints.map((each) => [each, []]));
	for (const record of found) groups.get(record.fingerprint)?.push(record);
	return groups;
}

const unknownStatement: Statement = {
	rows: null,
	values: { ...filterValues, ...pageValueKinds, changed_before: 'integer' },
	sql: (write) => `
		SELECT ${entryColumns}
		FROM ${write.table('operations')} o ${withLease(write)}
		WHERE ${fitsFilter(write)} AND o.state = 'unknown'
			AND o.updated_at < ${write.value('changed_before')}
			AND (o.created_at, o.operation_id) > (${write.value('after_time')}, ${write.value('after_key')})
		ORDER BY o.created_at, o.operation_id
		LIMIT ${write.value('limit_count')}`,
};

export function* listUnknown(values: Row, request: PageRequest): Work<Page<OutboxEntry>> {
	const records = (yield* once(unknownStatement, values)).map(readEntry);
	return toPage(records, request, (record) => ({
		time: record.createdAt,
		key: record.operationId,
	}));
}

const countStatement: Statement = {
	rows: null,
	values: filterValues,
	sql: (write) => `
		SELECT o.state, count(*) AS n FROM ${write.table('operations')} o
		WHERE ${fitsFilter(write)} GROUP BY o.state`,
};

export function* countByState(values: Row): Work<Record<EntryState, number>> {
	const counts: Record<EntryState, number> = {
		recorded: 0,
		sending: 0,
		sent: 0,
		failed: 0,
		blocked: 0,
		unknown: 0,
		cancelled: 0,
	};
	for (const row of yield* once(countStatement, values))
		counts[readState(row)] = readNumber(row, 'n');
	return counts;
}

/** Puts records in the order of the requested keys. */
export function inOrder(
	keys: readonly string[],
	records: readonly OutboxEntry[],
	keyOf: (record: OutboxEntry) => string | null,
): (OutboxEntry | null)[] {
	const byKey = new Map(records.map((record) => [keyOf(record), record]));
	return keys.map((key) => byKey.get(key) ?? null);
}
