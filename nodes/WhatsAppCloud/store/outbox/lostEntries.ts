import { once, type Work } from '../engine/database';
import type { Statement } from '../engine/statement';
import { isLiving } from './outboxRow';

/**
 * What a dead owner was sending may have gone out, and nobody will report it. It becomes `unknown`
 * and stays so until a status or a user completes it. The owner's name stays, so that an owner that
 * only stalled can take back what nobody else has touched.
 */
const lost = `state = 'unknown',
	error_message = 'The process that was sending ended before it recorded the answer.'`;

/** Marks single operations as lost. */
export const markLostStatement: Statement = {
	rows: { operation_id: 'text', now: 'integer' },
	values: {},
	sql: (write) => `
		UPDATE ${write.table('operations')} AS o SET ${lost}, updated_at = r.now
		FROM ${write.rows}
		WHERE o.operation_id = r.operation_id AND o.state = 'sending'
			AND NOT ${isLiving(write, 'o.lease_owner', 'r.now')}`,
};

const markAllLostStatement: Statement = {
	rows: null,
	values: { account_key: 'text', now: 'integer' },
	sql: (write) => `
		UPDATE ${write.table('operations')} AS o SET ${lost}, updated_at = ${write.value('now')}
		WHERE o.account_key = ${write.value('account_key')} AND o.state = 'sending'
			AND NOT ${isLiving(write, 'o.lease_owner', write.value('now'))}
		RETURNING operation_id`,
};

/** Marks all lost operations of an account. @returns how many there were. */
export function* markAllLost(account_key: string, now: number): Work<number> {
	return (yield* once(markAllLostStatement, { account_key, now })).length;
}
