import type { DatabaseSync } from 'node:sqlite';

import type { Row, SqlWriter, Statement } from '../statement';

/** Runs a prepared statement. */
export type Prepared = (rows: readonly Row[], values: Row) => Row[];

/** A parameter, as statements write it: `:name`. */
const parameter = /:(\w+)/g;

/**
 * Binds by position, which takes half the time of binding by name. Numbered parameters (`?1`) would
 * do, but not every Node.js binds them.
 */
export function prepare(connection: DatabaseSync, statement: Statement): Prepared {
	const columns = Object.keys(statement.rows ?? {});
	const valueNames = Object.keys(statement.values);
	const names = new Set([...columns, ...valueNames]);
	const rowSource = `(SELECT ${columns.map((name) => `:${name} AS ${name}`).join(', ')}) AS r`;
	const order: string[] = [];
	const sql = statement
		.sql({ ...sqliteWriter, rows: rowSource })
		.replace(parameter, (text, name: string) => {
			// Such as a word after a colon in a text.
			if (!names.has(name)) return text;
			order.push(name);
			return '?';
		});
	const prepared = connection.prepare(sql);
	const run = (values: Row): Row[] =>
		toRows(prepared.all(...order.map((name) => values[name] ?? null)));
	return (rows, values) => {
		// SQLite would take them for NULL and find nothing.
		const missing = valueNames.find((name) => values[name] === undefined);
		if (missing !== undefined) throw new TypeError(`The statement got no value ${missing}`);
		if (statement.rows === null) return run(values);
		return rows.flatMap((row) => run(valueNames.length > 0 ? { ...values, ...row } : row));
	};
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
