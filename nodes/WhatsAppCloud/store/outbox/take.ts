import { onRows, once, type Work } from '../engine/database';
import { readText } from '../engine/encode';
import type { Row, Statement } from '../engine/statement';
import type { LeaseHeld } from './lease';
import { byOperationId } from './lookUp';
import { asLongAsKept, type OperationRecord } from './outboxStore';
import { filterValues, fitsFilter, isLiving, readRecord } from './outboxRow';
import { dayMs } from '../../time/durations';

/** An operation to take for sending, ready for the database. */
export interface Take {
	row: {
		operation_id: string;
		from_state: string;
		unknown_since: number | null;
		owner: string;
		claim_id: string;
		now: number;
	};
	lease: LeaseHeld;
}

const takeStatement: Statement = {
	rows: {
		operation_id: 'text',
		from_state: 'text',
		unknown_since: 'integer',
		owner: 'text',
		claim_id: 'text',
		now: 'integer',
	},
	values: {},
	sql: (write) => `
		UPDATE ${write.table('operations')} AS o SET
			state = 'sending', lease_owner = r.owner, claim_id = r.claim_id, updated_at = r.now
		FROM ${write.rows}
		WHERE o.operation_id = r.operation_id AND (
			(o.claim_id = r.claim_id AND o.state = 'sending')
			OR (r.from_state = 'unknown' AND o.state = 'unknown'
				AND (r.unknown_since IS NULL OR o.updated_at = r.unknown_since))
			OR (r.from_state = 'own' AND o.state IN ('sending', 'unknown') AND o.lease_owner = r.owner)
			OR (r.from_state = 'recorded' AND o.state = 'recorded'
				AND (o.lease_owner = r.owner OR NOT ${isLiving(write, 'o.lease_owner', 'r.now')})))
		RETURNING ${write.changed('o')}operation_id`,
};

/** Takes in batches; of several who take one operation only the first gets it. */
export function* takeAll(takes: readonly Take[]): Work<boolean[]> {
	const firsts = new Map<string, Take>();
	for (const take of takes) {
		if (!firsts.has(take.row.operation_id)) firsts.set(take.row.operation_id, take);
	}
	const rows = [...firsts.values()].map(({ row }) => row);
	rows.sort((a, b) => (a.operation_id < b.operation_id ? -1 : 1));
	const taken = new Set(
		(yield* onRows(takeStatement, rows)).map((row) => readText(row, 'operation_id')),
	);
	return takes.map((take) => {
		const operationId = take.row.operation_id;
		return taken.has(operationId) && firsts.get(operationId) === take;
	});
}

/** So long after it was recorded somebody may still wait for a message. */
const awaitedMs = 7 * dayMs;

/** Hands over what dead owners left; rows that another process is just adopting are left out. */
const adoptStatement: Statement = {
	rows: null,
	values: {
		...filterValues,
		owner: 'text',
		claim_id: 'text',
		now: 'integer',
		limit_count: 'integer',
	},
	sql: (write) => `
		WITH left_over AS MATERIALIZED (
			SELECT o.operation_id FROM ${write.table('operations')} o
			WHERE ${fitsFilter(write)} AND o.state = 'recorded'
				AND ${write.value('now')} <= CASE WHEN o.expires_at = ${asLongAsKept}
					THEN o.created_at + ${awaitedMs} ELSE o.expires_at END
				AND (o.claim_id = ${write.value('claim_id')}
					OR NOT ${isLiving(write, 'o.lease_owner', write.value('now'))})
			ORDER BY o.created_at, o.execution_id, o.run_index, o.item_index, o.part
			LIMIT ${write.value('limit_count')}${write.skipLocked('o')}
		)
		UPDATE ${write.table('operations')} SET
			lease_owner = ${write.value('owner')},
			claim_id = ${write.value('claim_id')},
			updated_at = ${write.value('now')}
		WHERE operation_id IN (SELECT operation_id FROM left_over)
		RETURNING operation_id`,
};

/** @param values those of the statement. */
export function* adoptAll(values: Row): Work<OperationRecord[]> {
	const adopted = yield* once(adoptStatement, values);
	const ids = adopted.map((row) => ({ operation_id: readText(row, 'operation_id') }));
	return (yield* onRows(byOperationId, ids)).map(readRecord).sort(byOrder);
}

function byOrder(a: OperationRecord, b: OperationRecord): number {
	return (
		a.createdAt - b.createdAt ||
		(a.executionId < b.executionId ? -1 : a.executionId > b.executionId ? 1 : 0) ||
		a.runIndex - b.runIndex ||
		a.itemIndex - b.itemIndex ||
		a.part - b.part
	);
}
