import { onRows, once, type Work } from '../engine/database';
import { readNumber, readText } from '../engine/encode';
import type { Row, SqlWriter, Statement } from '../engine/statement';
import { isLiving } from '../outbox/outboxRow';
import type { DueBatch } from './inboxStore';

/** SQL condition: the delivery is due, and no living loop has it, or `orTaken` holds. */
const isFree = (write: SqlWriter, alias: string, orTaken = ''): string =>
	`(${alias}.state = 'waiting' AND ${alias}.due_at <= ${write.value('now')}
		OR ${alias}.state = 'emitted'
			AND (NOT ${isLiving(write, `${alias}.owner`, write.value('now'))} ${orTaken}))`;

const isMine = (write: SqlWriter, alias: string): string =>
	isFree(write, alias, `OR ${write.value('takes_over')} = 1`);

const takeStatement: Statement = {
	rows: null,
	values: {
		listener_id: 'text',
		owner: 'text',
		limit_count: 'integer',
		takes_over: 'integer',
		now: 'integer',
	},
	sql: (write) => `
		UPDATE ${write.table('deliveries')} AS d SET
			state = 'emitted', owner = ${write.value('owner')}, emissions = d.emissions + 1
		WHERE d.listener_id = ${write.value('listener_id')} AND ${isMine(write, 'd')}
			AND d.batch_id IN (
				SELECT x.batch_id FROM ${write.table('deliveries')} x
				WHERE x.listener_id = ${write.value('listener_id')} AND ${isMine(write, 'x')}
				GROUP BY x.batch_id ORDER BY MIN(x.occurred_at), x.batch_id
				LIMIT ${write.value('limit_count')})
		RETURNING batch_id, order_key, occurred_at, emissions`,
};

/** @returns the batches that the owner now has, in the order in which they should start. */
export function* takeDue(values: Row): Work<DueBatch[]> {
	const batches = new Map<string, DueBatch>();
	for (const row of yield* once(takeStatement, values)) {
		const batchId = readText(row, 'batch_id');
		const occurredAt = readNumber(row, 'occurred_at');
		const emissions = readNumber(row, 'emissions');
		const known = batches.get(batchId) ?? { batchId, orderKeys: [], occurredAt, emissions };
		const orderKey = readText(row, 'order_key');
		if (!known.orderKeys.includes(orderKey)) known.orderKeys.push(orderKey);
		known.occurredAt = Math.min(known.occurredAt, occurredAt);
		known.emissions = Math.max(known.emissions, emissions);
		batches.set(batchId, known);
	}
	return [...batches.values()].sort(byTime);
}

/** The order in which batches start. */
function byTime(a: DueBatch, b: DueBatch): number {
	return a.occurredAt - b.occurredAt || (a.batchId < b.batchId ? -1 : 1);
}

const unclaimedStatement: Statement = {
	rows: { batch_id: 'text' },
	values: {},
	sql: ({ table, rows }) => `
		SELECT r.batch_id FROM ${rows} WHERE EXISTS (
			SELECT 1 FROM ${table('deliveries')} d
			WHERE d.batch_id = r.batch_id AND d.state <> 'claimed')`,
};

export function* unclaimedOf(batchIds: readonly string[]): Work<string[]> {
	const rows = yield* onRows(unclaimedStatement, batchIds.map(toRow));
	return rows.map((row) => readText(row, 'batch_id'));
}

const dueStatement: Statement = {
	rows: { listener_id: 'text' },
	values: { now: 'integer' },
	sql: (write) => `
		SELECT r.listener_id FROM ${write.rows} WHERE EXISTS (
			SELECT 1 FROM ${write.table('deliveries')} d
			WHERE d.listener_id = r.listener_id AND ${isFree(write, 'd')})`,
};

export function* dueOf(listenerIds: readonly string[], now: number): Work<string[]> {
	const rows = yield* onRows(
		dueStatement,
		listenerIds.map((listener_id) => ({ listener_id })),
		{ now },
	);
	return rows.map((row) => readText(row, 'listener_id'));
}

const toRow = (batch_id: string): Row => ({ batch_id });
