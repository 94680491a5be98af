import { readNumber, readOptionalNumber, readOptionalText, readText } from '../engine/encode';
import type { Row, Statement } from '../engine/statement';
import { filterValues } from '../outbox/outboxRow';
import { hasFailed, hasReached } from '../statuses/furthest';
import type { Percentiles, PricingCount, ReportSummary } from './reportStore';
import { fromMessages } from './resultQuery';

const countIf = (condition: string, name: string): string =>
	`COALESCE(SUM(CASE WHEN ${condition} THEN 1 ELSE 0 END), 0) AS ${name}`;

export const reachedStatement: Statement = {
	rows: null,
	values: filterValues,
	sql: (write) => `
		SELECT ${countIf("o.state = 'sent'", 'sent')}, ${countIf(hasReached('delivered'), 'delivered')},
			${countIf(hasReached('read'), 'read')}, ${countIf(hasReached('played'), 'played')},
			${countIf(hasFailed, 'failed')}, COALESCE(SUM(o.duplicates), 0) AS duplicates
		${fromMessages(write)}`,
};

export function readReached([row]: readonly Row[]): ReportSummary['reached'] & {
	duplicatesAvoided: number;
} {
	const count = (name: string): number => (row === undefined ? 0 : readNumber(row, name));
	return {
		sent: count('sent'),
		delivered: count('delivered'),
		read: count('read'),
		played: count('played'),
		failed: count('failed'),
		duplicatesAvoided: count('duplicates'),
	};
}

/**
 * Nearest rank, computed in the database: it returns at most four rows, however many messages there
 * are.
 */
const percentileStatement = (measured: string): Statement => ({
	rows: null,
	values: filterValues,
	sql: (write) => `
		WITH measured AS (SELECT ${measured} AS ms ${fromMessages(write)}),
		ranked AS (
			SELECT ms, ROW_NUMBER() OVER (ORDER BY ms) AS place, COUNT(*) OVER () AS n
			FROM measured WHERE ms IS NOT NULL
		)
		SELECT ms, place, n FROM ranked
		WHERE place IN ((n * 50 + 99) / 100, (n * 95 + 99) / 100, (n * 99 + 99) / 100, n)`,
});

/** Meta's time if a status says when it accepted the message, ours otherwise. */
const acceptedAt = 'COALESCE(m.sent_at, o.sent_at)';
const since = (column: string): string =>
	`CASE WHEN m.${column} < ${acceptedAt} THEN 0 ELSE m.${column} - ${acceptedAt} END`;

export const latencyStatements = {
	answer: percentileStatement('o.latency_ms'),
	delivered: percentileStatement(since('delivered_at')),
	read: percentileStatement(since('read_at')),
};

export function readPercentiles(rows: readonly Row[]): Percentiles {
	const [first] = rows;
	if (first === undefined) return { count: 0, p50: null, p95: null, p99: null, max: null };
	const count = readNumber(first, 'n');
	const byPlace = new Map(rows.map((row) => [readNumber(row, 'place'), readNumber(row, 'ms')]));
	const at = (percent: number): number | null =>
		byPlace.get(Math.floor((count * percent + 99) / 100)) ?? null;
	return { count, p50: at(50), p95: at(95), p99: at(99), max: at(100) };
}

export const errorsStatement: Statement = {
	rows: null,
	values: filterValues,
	sql: (write) => `
		SELECT 'answer' AS origin, o.error_code AS code, o.error_class AS class,
			MIN(o.error_message) AS title, COUNT(*) AS n
		${fromMessages(write)} AND o.state IN ('failed', 'blocked', 'unknown') AND m.failed_at IS NULL
		GROUP BY o.error_code, o.error_class
		UNION ALL
		SELECT 'status' AS origin, m.error_code AS code, NULL AS class,
			MIN(m.error_title) AS title, COUNT(*) AS n
		${fromMessages(write)} AND ${hasFailed}
		GROUP BY m.error_code
		ORDER BY n DESC, code`,
};

export function readErrors(rows: readonly Row[]): ReportSummary['errors'] {
	return rows.map((row) => ({
		origin: readText(row, 'origin') === 'status' ? 'status' : 'answer',
		code: readOptionalNumber(row, 'code'),
		class: readOptionalText(row, 'class'),
		title: readOptionalText(row, 'title'),
		count: readNumber(row, 'n'),
	}));
}

const isPriced =
	'(m.pricing_category IS NOT NULL OR m.pricing_type IS NOT NULL OR m.billable IS NOT NULL)';
const pricingColumns = 'm.pricing_category, m.pricing_type, m.billable';

export const pricingStatement: Statement = {
	rows: null,
	values: filterValues,
	sql: (write) => `
		SELECT ${pricingColumns}, COUNT(*) AS n
		${fromMessages(write)} AND ${isPriced}
		GROUP BY ${pricingColumns} ORDER BY n DESC, m.pricing_category, m.pricing_type`,
};

export const accountPricingStatement: Statement = {
	rows: null,
	values: {
		account_key: 'text',
		from_time: 'integer',
		to_time: 'integer',
		phone_number_id: 'text',
	},
	sql: ({ table, value }) => `
		SELECT ${pricingColumns}, COUNT(*) AS n
		FROM ${table('messages')} m
		WHERE m.account_key = ${value('account_key')} AND m.first_at >= ${value('from_time')}
			AND m.first_at < ${value('to_time')} AND ${isPriced}
			AND (${value('phone_number_id')} IS NULL OR m.phone_number_id = ${value('phone_number_id')})
		GROUP BY ${pricingColumns} ORDER BY n DESC, m.pricing_category, m.pricing_type`,
};

export function readPricing(rows: readonly Row[]): PricingCount[] {
	return rows.map((row) => {
		const billable = readOptionalNumber(row, 'billable');
		return {
			category: readOptionalText(row, 'pricing_category'),
			type: readOptionalText(row, 'pricing_type'),
			billable: billable === null ? null : billable === 1,
			count: readNumber(row, 'n'),
		};
	});
}
