import { onRows, type Work } from '../engine/database';
import { encodeInteger, encodeKey } from '../engine/encode';
import {
	columnList,
	columnsOf,
	insertRows,
	type ColumnKind,
	type Row,
	type Statement,
} from '../engine/statement';
import type { ContactMove } from './contactStore';
import { factColumns, isWithdrawal } from './contactUpdate';

const moveColumns = {
	account_key: 'text',
	new_key: 'text',
	old_key: 'text',
	valid_at: 'integer',
} as const satisfies Record<string, ColumnKind>;

const moveStatement: Statement = {
	rows: moveColumns,
	values: {},
	sql: (write) => `${insertRows(write, 'contact_moves', Object.keys(moveColumns))}
		ON CONFLICT (account_key, new_key, old_key) DO NOTHING
		RETURNING new_key`,
};

/** Copies, since somebody else may get the old number, and change what is known under it. */
const takeOverStatement: Statement = {
	rows: moveColumns,
	values: {},
	sql: ({ table, rows }) => `
		INSERT INTO ${table('contact_facts')} AS f (${columnList(Object.keys(factColumns))})
		SELECT o.account_key, r.new_key, o.fact, o.scope, o.value, o.valid_at
		FROM ${rows} JOIN ${table('contact_facts')} o
			ON o.account_key = r.account_key AND o.contact_key = r.old_key
		WHERE o.valid_at <= r.valid_at
		ON CONFLICT (account_key, contact_key, fact, scope) DO UPDATE SET
			value = excluded.value, valid_at = excluded.valid_at
		WHERE excluded.valid_at > f.valid_at
			OR (excluded.valid_at = f.valid_at AND ${isWithdrawal('excluded')})`,
};

/** Moves after something happened, within the same second of Meta's at the earliest. */
const sinceStatement: Statement = {
	rows: { account_key: 'text', contact_key: 'text', valid_at: 'integer' },
	values: {},
	sql: ({ table, rows }) => `
		SELECT ${columnsOf('m', Object.keys(moveColumns))}, r.valid_at AS happened_at
		FROM ${rows} JOIN ${table('contact_moves')} m
			ON m.account_key = r.account_key AND m.old_key = r.contact_key
		WHERE r.valid_at < m.valid_at + 1000`,
};

/** @throws RangeError if a key is empty or too long. */
export function encodeMoves(moves: readonly ContactMove[]): Row[] {
	return moves.map(({ accountKey, newKey, oldKey, at }) => ({
		account_key: encodeKey(accountKey, 'accountKey'),
		new_key: encodeKey(newKey, 'newKey'),
		old_key: encodeKey(oldKey, 'oldKey'),
		valid_at: encodeInteger(at, 'at'),
	}));
}

/** Copies what is known under old keys to those that take their place, once. */
export function* moveContacts(moves: readonly Row[]): Work<void> {
	for (const move of moves) {
		const isNew = (yield* onRows(moveStatement, [move])).length > 0;
		if (isNew) yield* onRows(takeOverStatement, [move]);
	}
}

/** Copies what arrived late under old keys; see `movesSince`. */
export function* takeOverFacts(moves: readonly Row[]): Work<void> {
	for (const move of moves) yield* onRows(takeOverStatement, [move]);
}

/** More changes of number than anybody has; ends a circle of moves. */
const mostMoves = 20;

/**
 * The moves that have taken these keys to others since then, from the first to the last.
 *
 * @param rows each with `account_key`, `contact_key` and `valid_at`
 */
export function* movesSince(rows: readonly Row[]): Work<Row[]> {
	const moves = new Map<string, Row>();
	let next = rows;
	for (let round = 0; next.length > 0 && round < mostMoves; round++) {
		const found = (yield* onRows(sinceStatement, next)).filter((row) => !moves.has(nameOf(row)));
		for (const row of found) moves.set(nameOf(row), row);
		next = found.map((row) => ({
			account_key: row['account_key'] ?? null,
			contact_key: row['new_key'] ?? null,
			valid_at: row['happened_at'] ?? null,
		}));
	}
	return [...moves.values()];
}

const nameOf = (move: Row): string =>
	Object.keys(moveColumns)
		.map((column) => move[column])
		.join('\n');
