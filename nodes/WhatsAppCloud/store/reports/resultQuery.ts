import { readNumber, readText } from '../engine/encode';
import type { Row, SqlWriter, Statement } from '../engine/statement';
import { filterValues, fitsFilter } from '../outbox/outboxRow';
import { resultSql } from './result';
import { noResults, type MessageResult, type ReportPeriod } from './reportStore';

/** The operations that match the filter, with their statuses. */
export const fromMessages = (write: SqlWriter): string => `
	FROM ${write.table('operations')} o
	LEFT JOIN ${write.table('messages')} m ON m.message_id = o.message_id
	WHERE ${fitsFilter(write)}`;

/** Value of `isAmong`: `,failed,unknown,`; null for any. */
export const encodeResults = (results: readonly MessageResult[] | undefined): string | null =>
	results === undefined || results.length === 0 ? null : `,${results.join(',')},`;

/** SQL condition: the message has one of the results. */
export const isAmong = (results: string): string =>
	`(${results} IS NULL OR ${results} LIKE '%,' || (${resultSql}) || ',%')`;

export const historyStatement: Statement = {
	rows: null,
	values: { ...filterValues, period_ms: 'integer' },
	sql: (write) => `
		SELECT o.created_at - o.created_at % ${write.value('period_ms')} AS start_at,
			${resultSql} AS result, COUNT(*) AS n
		${fromMessages(write)}
		GROUP BY 1, 2 ORDER BY 1`,
};

export function readHistory(rows: readonly Row[]): ReportPeriod[] {
	const periods = new Map<number, ReportPeriod>();
	for (const row of rows) {
		const startAt = readNumber(row, 'start_at');
		const period = periods.get(startAt) ?? { startAt, results: noResults() };
		periods.set(startAt, period);
		// The statement returns no other words.
		period.results[readText(row, 'result') as MessageResult] = readNumber(row, 'n');
	}
	return [...periods.values()];
}
