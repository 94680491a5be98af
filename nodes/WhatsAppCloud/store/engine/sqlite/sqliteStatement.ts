import type { DatabaseSync } from 'node:sqlite';

import type { Row, SqlValue, SqlWriter, Statement } from '../statement';

/** Runs a prepared statement. */
export type Prepared = (rows: readonly Row[], values: Row) => Row[];

export function prepare(connection: DatabaseSync, statement: Statement): Prepared {
	const columns = Object.keys(statement.rows ?? {});
	const hasValues = Object.keys(statement.values).length > 0;
	// Binding by position is twice as fast as by name, but cannot use one value in two places.
	const sources = columns.map((name) => `${hasValues ? `:${name}` : '?'} AS ${name}`);
	const rowSource = `(SELECT ${sources.join(', ')}) AS r`;
	const sql = statement.sql({ ...sqliteWriter, rows: rowSource });
	const timesUsed = sql.split(rowSource).length - 1;
	const prepared = connection.prepare(sql);
	if (statement.rows === null) return (_rows, values) => toRows(prepared.all(values));

	const inPlaces = (row: Row): SqlValue[] => {
		const places = columns.map((name) => row[name] ?? null);
		return timesUsed === 1 ? places : Array.from({ length: timesUsed }, () => places).flat();
	};
	return (rows, values) =>
		rows.flatMap((row) =>
			toRows(hasValues ? prepared.all({ ...values, ...row }) : prepared.all(...inPlaces(row))),
		);
}

/** The tables hold only numbers, text and NULL, no BLOBs or large integers. */
const toRows = (found: unknown[]): Row[] => found as Row[];

const sqliteWriter: SqlWriter = {
	engine: 'sqlite',
	rows: '',
	value: (name) => `:${name}`,
	table: (name) => name,
	notify: () => '1',
	changed: () => '',
	forUpdate: () => '',
	skipLocked: () => '',
	hasTable: (name) => `SELECT count(*) AS n FROM sqlite_schema WHERE name = '${name}'`,
	// A writing transaction has the file to itself.
	lockSchema: 'SELECT 1 AS n',
	hasSchema: 'SELECT 1 AS n',
	createSchema: 'SELECT 1 AS n',
	types: { key: 'TEXT', text: 'TEXT', integer: 'INTEGER', real: 'REAL' },
	keyed: ' WITHOUT ROWID',
};
