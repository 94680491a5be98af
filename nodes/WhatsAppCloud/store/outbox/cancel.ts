import { once, type Work } from '../engine/database';
import type { Statement } from '../engine/statement';

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
