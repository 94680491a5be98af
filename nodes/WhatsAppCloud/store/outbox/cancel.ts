import { onRows, once, type Work } from '../engine/database';
import type { Statement } from '../engine/statement';
import { confirmationExecution } from './outboxEntry';

const cancelStatement: Statement = {
	rows: null,
	values: { account_key: 'text', owner: 'text', now: 'integer' },
	sql: ({ table, value }) => `
		UPDATE ${table('operations')} AS o SET state = 'cancelled', lease_owner = NULL,
			updated_at = ${value('now')}, body = NULL
		WHERE o.account_key = ${value('account_key')} AND o.state = 'recorded'
			AND o.lease_owner = ${value('owner')}
		RETURNING operation_id`,
};

/** @returns how many there were. */
export function* cancelAll(values: {
	account_key: string;
	owner: string;
	now: number;
}): Work<number> {
	return (yield* once(cancelStatement, values)).length;
}

const takeBackStatement: Statement = {
	rows: { operation_id: 'text' },
	values: { owner: 'text' },
	sql: ({ table, rows, value }) => `
		DELETE FROM ${table('operations')} AS o
		WHERE o.state = 'recorded' AND o.lease_owner = ${value('owner')}
			AND o.operation_id IN (SELECT r.operation_id FROM ${rows})`,
};

/** Deletes what an owner has enqueued and not started. */
export function* takeBackAll(operationIds: readonly string[], owner: string): Work<void> {
	const rows = [...operationIds].sort().map((operation_id) => ({ operation_id }));
	yield* onRows(takeBackStatement, rows, { owner });
}

/**
 * Ends confirmations that nobody has sent in their time, such as after their trigger is gone, and
 * erases what they say. The condition on both states is that of their index.
 *
 * @param most how many at once. Returns a row for each
 */
export const endConfirmations = (most: number): Statement => ({
	rows: null,
	values: { now: 'integer' },
	sql: ({ table, value }) => `
		UPDATE ${table('operations')} SET
			state = 'cancelled', lease_owner = NULL, updated_at = ${value('now')}, body = NULL
		WHERE operation_id IN (
			SELECT o.operation_id FROM ${table('operations')} o
			WHERE o.state IN ('recorded', 'sending') AND o.execution_id = '${confirmationExecution}'
				AND o.state = 'recorded' AND o.expires_at < ${value('now')}
			LIMIT ${most})
		RETURNING 1 AS n`,
});
