import { onRows, once, type Work } from '../engine/database';
import { readText } from '../engine/encode';
import type { Row, SqlWriter, Statement } from '../engine/statement';
import { byOperationId } from './lookUp';
import { asLongAsKept, confirmationExecution, type OutboxEntry } from './outboxEntry';
import { filterValues, fitsFilter, isLiving, readEntry } from './outboxRow';
import { dayMs } from '../../time/durations';

/** How long after it was enqueued someone may still be waiting for a message. */
const awaitedMs = 7 * dayMs;

/** SQL condition: someone may still be waiting for the message of operation `o`. */
const isAwaited = ({ value }: SqlWriter): string =>
	`${value('now')} <= CASE WHEN o.expires_at = ${asLongAsKept}
		THEN o.created_at + ${awaitedMs} ELSE o.expires_at END`;

/** Puts blocked messages back whose time has come, as if a dead owner had left them. */
const unblockStatement: Statement = {
	rows: null,
	values: { ...filterValues, now: 'integer' },
	sql: (write) => `
		UPDATE ${write.table('operations')} AS o SET
			state = 'recorded', lease_owner = '', retry_at = NULL, updated_at = ${write.value('now')}
		WHERE ${fitsFilter(write)} AND o.state = 'blocked' AND o.body IS NOT NULL
			AND o.retry_at <= ${write.value('now')} AND ${isAwaited(write)}`,
};

/**
 * Reclaims what dead owners left enqueued, skipping rows that another process is reclaiming.
 *
 * If another process reclaims a row after this statement began, PostgreSQL checks the conditions
 * again with the row's new owner, whose lease may be too new for this statement to see. So it also
 * compares the owner with the one that it saw at its start.
 */
const reclaimStatement: Statement = {
	rows: null,
	values: {
		...filterValues,
		owner: 'text',
		claim_id: 'text',
		now: 'integer',
		limit_count: 'integer',
	},
	sql: (write) => `
		WITH orphans AS MATERIALIZED (
			SELECT o.operation_id FROM ${write.table('operations')} o
			JOIN ${write.table('operations')} seen
				ON seen.operation_id = o.operation_id AND seen.lease_owner = o.lease_owner
			WHERE ${fitsFilter(write)} AND o.state = 'recorded'
				AND ${isAwaited(write)}
				AND (o.claim_id = ${write.value('claim_id')}
					OR NOT ${isLiving(write, 'o.lease_owner', write.value('now'))})
			ORDER BY o.created_at, o.execution_id, o.run_index, o.item_index, o.part
			LIMIT ${write.value('limit_count')}${write.skipLocked('o')}
		)
		UPDATE ${write.table('operations')} SET
			lease_owner = ${write.value('owner')},
			claim_id = ${write.value('claim_id')},
			updated_at = ${write.value('now')}
		WHERE operation_id IN (SELECT operation_id FROM orphans)
		RETURNING operation_id`,
};

const accountsStatement: Statement = {
	rows: null,
	values: { workflow_id: 'text', node_id: 'text' },
	sql: ({ table, value }) => `
		SELECT DISTINCT o.account_key FROM ${table('operations')} o
		WHERE o.state IN ('recorded', 'sending') AND o.execution_id = '${confirmationExecution}'
			AND o.workflow_id = ${value('workflow_id')} AND o.node_id = ${value('node_id')}
		ORDER BY o.account_key`,
};

/** The accounts of confirmations that a trigger has enqueued and that have not ended. */
export function* accountsOfOrphaned(values: Row): Work<string[]> {
	return (yield* once(accountsStatement, values)).map((row) => readText(row, 'account_key'));
}

/** @param values the statement's values. */
export function* reclaimAll(values: Row): Work<OutboxEntry[]> {
	const names = Object.keys(unblockStatement.values);
	yield* once(
		unblockStatement,
		Object.fromEntries(names.map((name) => [name, values[name] ?? null])),
	);
	const reclaimed = yield* once(reclaimStatement, values);
	const ids = reclaimed.map((row) => ({ operation_id: readText(row, 'operation_id') }));
	return (yield* onRows(byOperationId, ids)).map(readEntry).sort(byOrder);
}

function byOrder(a: OutboxEntry, b: OutboxEntry): number {
	return (
		a.createdAt - b.createdAt ||
		(a.executionId < b.executionId ? -1 : a.executionId > b.executionId ? 1 : 0) ||
		a.runIndex - b.runIndex ||
		a.itemIndex - b.itemIndex ||
		a.part - b.part
	);
}
