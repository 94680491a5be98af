import { onRows, type Work } from '../engine/database';
import { readText } from '../engine/encode';
import type { Statement } from '../engine/statement';
import type { LeaseHeld } from './lease';
import { isLiving } from './outboxRow';

/** An entry to start, ready for the database. */
export interface Start {
	row: {
		operation_id: string;
		from_state: string;
		unknown_since: number | null;
		owner: string;
		claim_id: string;
		/** Null leaves it as it is. */
		category: string | null;
		now: number;
	};
	lease: LeaseHeld;
}

const startStatement: Statement = {
	rows: {
		operation_id: 'text',
		from_state: 'text',
		unknown_since: 'integer',
		owner: 'text',
		claim_id: 'text',
		category: 'text',
		now: 'integer',
	},
	values: {},
	sql: (write) => `
		UPDATE ${write.table('operations')} AS o SET
			state = 'sending', lease_owner = r.owner, claim_id = r.claim_id, updated_at = r.now,
			category = COALESCE(r.category, o.category)
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

/** Starts a batch; if several start the same entry, only the first gets it. */
export function* startAll(starts: readonly Start[]): Work<boolean[]> {
	const firsts = new Map<string, Start>();
	for (const start of starts) {
		if (!firsts.has(start.row.operation_id)) firsts.set(start.row.operation_id, start);
	}
	const rows = [...firsts.values()].map(({ row }) => row);
	rows.sort((a, b) => (a.operation_id < b.operation_id ? -1 : 1));
	const started = new Set(
		(yield* onRows(startStatement, rows)).map((row) => readText(row, 'operation_id')),
	);
	return starts.map((start) => {
		const operationId = start.row.operation_id;
		return started.has(operationId) && firsts.get(operationId) === start;
	});
}
