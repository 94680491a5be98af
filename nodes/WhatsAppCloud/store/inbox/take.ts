import { onRows, once, type Work } from '../engine/database';
import { readNumber, readText } from '../engine/encode';
import type { Row, SqlWriter, Statement } from '../engine/statement';
import { isLiving } from '../outbox/outboxRow';
import { hourMs } from '../../time/durations';
import { byTime } from './dueOrder';
import type { DueBatch } from './inboxStore';

/** Longest time that anything waits for others. */
const maxHoldMs = hourMs;

/** SQL condition: the delivery's time has come; one that seems far off, after a clock jump, too. */
const isDue = (write: SqlWriter, alias: string): string =>
	`(${alias}.due_at <= ${write.value('now')}
		OR ${alias}.due_at > ${write.value('now')} + ${maxHoldMs})`;

/** SQL condition: the delivery is due, and no living loop has it, or `orTaken` holds. */
const isFree = (write: SqlWriter, alias: string, orTaken = ''): string =>
	`(${alias}.state = 'waiting' AND ${isDue(write, alias)}
		OR ${alias}.state = 'emitted'
			AND (NOT ${isLiving(write, `${alias}.owner`, write.value('now'))} ${orTaken}))`;

const isMine = (write: SqlWriter, alias: string): string =>
	isFree(write, alias, `OR ${write.value('takes_over')} = 1`);

/** SQL condition: nothing of the delivery's contact is being started, or has an execution. */
const isAlone = (write: SqlWriter, alias: string): string =>
	`(${alias}.contact_key IS NULL OR ${alias}.contact_key NOT IN (
		SELECT o.contact_key FROM ${write.table('deliveries')} o
		WHERE o.listener_id = ${write.value('listener_id')} AND o.contact_key IS NOT NULL
			AND (o.state = 'claimed' OR ${write.value('takes_over')} = 0
				AND o.state = 'emitted' AND ${isLiving(write, 'o.owner', write.value('now'))})))`;

const takeStatementWhere = (isFitting: (write: SqlWriter, alias: string) => string): Statement => ({
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
			state = 'emitted', owner = ${write.value('owner')}
		WHERE d.listener_id = ${write.value('listener_id')} AND ${isMine(write, 'd')}
			AND d.batch_id IN (
				SELECT x.batch_id FROM ${write.table('deliveries')} x
				WHERE x.listener_id = ${write.value('listener_id')} AND ${isFitting(write, 'x')}
				GROUP BY x.batch_id ORDER BY MIN(x.occurred_at), x.batch_id
				LIMIT ${write.value('limit_count')})
		RETURNING batch_id, order_key, occurred_at`,
});

const takeStatement = takeStatementWhere(isMine);

const takeOnePerContactStatement = takeStatementWhere(
	(write, alias) => `${isMine(write, alias)} AND ${isAlone(write, alias)}`,
);

/** Joins all that a contact waits with, once any of it is due. */
const joinStatement: Statement = {
	rows: null,
	values: { listener_id: 'text', now: 'integer' },
	sql: (write) => {
		const waiting = `FROM ${write.table('deliveries')} x WHERE x.listener_id = d.listener_id
			AND x.contact_key = d.contact_key AND x.held = 1 AND x.state = 'waiting'`;
		return `
		UPDATE ${write.table('deliveries')} AS d SET
			due_at = 0, batch_id = (SELECT MIN(x.batch_id) ${waiting})
		WHERE d.listener_id = ${write.value('listener_id')} AND d.held = 1 AND d.state = 'waiting'
			AND EXISTS (SELECT 1 ${waiting} AND ${isDue(write, 'x')})`;
	},
};

/** @returns the batches that the owner now has, in the order in which they should start. */
export function* takeDue(values: Row, onePerContact: boolean): Work<DueBatch[]> {
	yield* once(joinStatement, { listener_id: values['listener_id'] ?? '', now: values['now'] ?? 0 });
	const statement = onePerContact ? takeOnePerContactStatement : takeStatement;
	return toBatches(yield* once(statement, values));
}

/** @param rows deliveries @returns their batches, in the order in which they should start. */
export function toBatches(rows: readonly Row[]): DueBatch[] {
	const batches = new Map<string, DueBatch>();
	for (const row of rows) {
		const batchId = readText(row, 'batch_id');
		const occurredAt = readNumber(row, 'occurred_at');
		const known = batches.get(batchId) ?? { batchId, orderKeys: [], occurredAt };
		const orderKey = readText(row, 'order_key');
		if (!known.orderKeys.includes(orderKey)) known.orderKeys.push(orderKey);
		known.occurredAt = Math.min(known.occurredAt, occurredAt);
		batches.set(batchId, known);
	}
	return [...batches.values()].sort(byTime);
}

const unclaimedStatement: Statement = {
	rows: { batch_id: 'text' },
	values: {},
	sql: ({ table, rows }) => `
		SELECT r.batch_id FROM ${rows} WHERE EXISTS (
			SELECT 1 FROM ${table('deliveries')} d
			WHERE d.batch_id = r.batch_id AND d.state <> 'claimed')`,
};

const runningStatement: Statement = {
	rows: { batch_id: 'text' },
	values: {},
	sql: ({ table, rows }) => `
		SELECT r.batch_id FROM ${rows} WHERE EXISTS (
			SELECT 1 FROM ${table('deliveries')} d
			WHERE d.batch_id = r.batch_id AND d.state = 'claimed')`,
};

export function* runningOf(batchIds: readonly string[]): Work<string[]> {
	const rows = yield* onRows(runningStatement, batchIds.map(toRow));
	return rows.map((row) => readText(row, 'batch_id'));
}

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
