import type { DatabaseSync } from 'node:sqlite';

import type { Row, SqlWriter, Statement } from '../statement';

/** Runs a prepared statement. */
export type Prepared = (rows: readonly Row[], values: Row) => Row[];

/** A place for a value, as the statement is written. */
const placeholder = /:(\w+)/g;

/**
 * Binds by position, which takes half the time of binding by name. Numbered places would serve as
 * well, but not every Node.js binds them.
 */
export function prepare(connection: DatabaseSync, statement: Statement): Prepared {
	const columns = Object.keys(statement.rows ?? {});
	const names = new Set([...columns, ...Object.keys(statement.values)]);
	const rowSource = `(SELECT ${columns.map((name) => `:${name} AS ${name}`).join(', ')}) AS r`;
	const places: string[] = [];
	const sql = statement
		.sql({ ...sqliteWriter, rows: rowSource })
		.replace(placeholder, (text, name: string) => {
			if (!names.has(name)) return text;
			places.push(name);
			return '?';
		});
	const prepared = connection.prepare(sql);
	const run = (values: Row): Row[] =>
		toRows(prepared.all(...places.map((name) => values[name] ?? null)));
	if (statement.rows === null) return (_rows, values) => run(values);
	const hasValues = Object.keys(statement.values).length > 0;
	return (rows, values) => rows.flatMap((row) => run(hasValues ? { ...values, ...row } : row));
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
