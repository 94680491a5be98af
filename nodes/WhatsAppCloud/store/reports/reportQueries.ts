import { once, type Database } from '../engine/database';
import { encodeInteger, encodeKey, encodeText, requireWithin } from '../engine/encode';
import { pageValues, pageValueKinds, toPage } from '../engine/pageQuery';
import type { Row, Statement } from '../engine/statement';
import { countByState } from '../outbox/lookUp';
import {
	encodeFilter,
	filterValues,
	fitsFilter,
	readEntry,
	entryColumns,
	withLease,
} from '../outbox/outboxRow';
import { messageColumns, readTimeline } from '../statuses/statusRow';
import type { ReportRow, ReportStore } from './reportStore';
import {
	accountPricingStatement,
	errorsStatement,
	latencyStatements,
	pricingStatement,
	readErrors,
	readPercentiles,
	readPricing,
	readReached,
	reachedStatement,
} from './figures';
import { encodeResults, historyStatement, isAmong, readHistory } from './resultQuery';
import { minuteMs } from '../../time/durations';

/** Prefix for timeline columns, since some have the same name as operation columns. */
const prefix = 'm_';

const timelineColumns = Object.keys(messageColumns)
	.map((column) => `m.${column} AS ${prefix}${column}`)
	.join(', ');

/** @param isBehind compares with where the previous page ended: `>` or `<` */
const messagesStatement = (isBehind: '>' | '<', direction: 'ASC' | 'DESC'): Statement => ({
	rows: null,
	values: { ...filterValues, ...pageValueKinds, results: 'text' },
	sql: (write) => `
		SELECT ${entryColumns}, ${timelineColumns}
		FROM ${write.table('operations')} o ${withLease(write)}
		LEFT JOIN ${write.table('messages')} m ON m.message_id = o.message_id
		WHERE ${fitsFilter(write)} AND ${isAmong(write.value('results'))}
			AND (o.created_at, o.operation_id)
				${isBehind} (${write.value('after_time')}, ${write.value('after_key')})
		ORDER BY o.created_at ${direction}, o.operation_id ${direction}
		LIMIT ${write.value('limit_count')}`,
});

const oldestFirst = messagesStatement('>', 'ASC');
const newestFirst = messagesStatement('<', 'DESC');

/** Shorter periods would be as numerous as the messages. */
const minPeriodMs = minuteMs;

export function createReportStore(database: Database): ReportStore {
	/** Runs one statement at a time, so that other work can go on in between. */
	const read = (statement: Statement, values: Row): Promise<readonly Row[]> =>
		database.run('read', () => once(statement, values));

	return {
		async messages(request) {
			const values = {
				...encodeFilter(request),
				...pageValues(request),
				// Newest first, the first page starts at the end of time.
				...(request.newestFirst && !request.after ? { after_time: Number.MAX_SAFE_INTEGER } : {}),
				results: encodeResults(request.results),
			};
			const statement = request.newestFirst ? newestFirst : oldestFirst;
			const rows = (await read(statement, values)).map(readReportRow);
			return toPage(rows, request, ({ operation }) => ({
				time: operation.createdAt,
				key: operation.operationId,
			}));
		},

		async summary(filter) {
			const values = encodeFilter(filter);
			const outcomes = await database.run('read', () => countByState(values));
			const { duplicatesAvoided, ...reached } = readReached(await read(reachedStatement, values));
			return {
				outcomes,
				reached,
				duplicatesAvoided,
				latencies: {
					answer: readPercentiles(await read(latencyStatements.answer, values)),
					delivered: readPercentiles(await read(latencyStatements.delivered, values)),
					read: readPercentiles(await read(latencyStatements.read, values)),
				},
				errors: readErrors(await read(errorsStatement, values)),
				pricing: readPricing(await read(pricingStatement, values)),
			};
		},

		async history(request) {
			requireWithin(request.periodMs, minPeriodMs, Number.MAX_SAFE_INTEGER, 'periodMs');
			const period_ms = encodeInteger(request.periodMs, 'periodMs');
			return readHistory(await read(historyStatement, { ...encodeFilter(request), period_ms }));
		},

		async pricing(filter) {
			const values = {
				account_key: encodeKey(filter.accountKey, 'accountKey'),
				from_time: encodeInteger(filter.from ?? 0, 'from'),
				to_time: encodeInteger(filter.to ?? Number.MAX_SAFE_INTEGER, 'to'),
				phone_number_id: encodeText(filter.phoneNumberId ?? null),
			};
			return readPricing(await read(accountPricingStatement, values));
		},
	};
}

function readReportRow(row: Row): ReportRow {
	const timeline = Object.fromEntries(
		Object.entries(row)
			.filter(([column]) => column.startsWith(prefix))
			.map(([column, value]) => [column.slice(prefix.length), value]),
	);
	return {
		operation: readEntry(row),
		timeline: timeline['message_id'] === null ? null : readTimeline(timeline),
	};
}
