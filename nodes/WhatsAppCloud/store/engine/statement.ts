import type { StoreEngine } from '../store';

export type ColumnKind = 'text' | 'integer' | 'real';
export type SqlValue = string | number | null;
export type Row = Readonly<Record<string, SqlValue>>;

/**
 * One SQL statement for both engines. It works on a batch of rows: PostgreSQL gets them all as one
 * table `r`; SQLite, where a statement costs no round trip, runs once per row, with `r` being that
 * row. So a statement must not depend on what another row of the same batch does.
 */
export interface Statement {
	/** Columns of `r`; null for a statement without rows. */
	readonly rows: Readonly<Record<string, ColumnKind>> | null;
	/** Single values, the same for all rows. */
	readonly values: Readonly<Record<string, ColumnKind>>;
	readonly sql: (write: SqlWriter) => string;
}

/** What differs between the engines' SQL. */
export interface SqlWriter {
	readonly engine: StoreEngine;
	/** The rows of the statement, as a table named `r`. */
	readonly rows: string;
	/** A single value of the statement. */
	readonly value: (name: string) => string;
	readonly table: (name: TableName) => string;
	/**
	 * Expression that notifies a table's channel when the transaction commits, once however many rows
	 * it is evaluated for. In SQLite it does nothing.
	 */
	readonly notify: (name: TableName) => string;
	/** Prefix for the changed table's columns after RETURNING, where SQLite supports no alias. */
	readonly changed: (alias: string) => string;
	/** Locks what a SELECT reads until the transaction ends. SQLite has one writer anyway. */
	readonly forUpdate: (alias: string) => string;
	/** The same, skipping what another transaction has locked. */
	readonly skipLocked: (alias: string) => string;
	/** SELECT that returns as `n` whether a table exists (1) or not (0). */
	readonly hasTable: (name: TableName) => string;
	/** Keeps other processes from changing the schema until the transaction ends. */
	readonly lockSchema: string;
	/** SELECT that returns as `n` whether the tables' schema exists; `createSchema` creates it. */
	readonly hasSchema: string;
	readonly createSchema: string;
	/** Column types. Keys compare by bytes. */
	readonly types: { key: string; text: string; integer: string; real: string };
	/** Suffix for a table whose rows are found by primary key only. */
	readonly keyed: string;
}

export type TableName =
	| 'buckets'
	| 'consent_log'
	| 'contact_facts'
	| 'contact_links'
	| 'contact_moves'
	| 'counters'
	| 'deliveries'
	| 'events'
	| 'forwards'
	| 'inbox_events'
	| 'leases'
	| 'listeners'
	| 'messages'
	| 'meta'
	| 'notes'
	| 'operations'
	| 'questions'
	| 'texts'
	| 'waits';

/** `a, b, c` */
export const columnList = (columns: readonly string[]): string => columns.join(', ');

/** `x.a, x.b, x.c` */
export const columnsOf = (alias: string, columns: readonly string[]): string =>
	columns.map((column) => `${alias}.${column}`).join(', ');

/** `a = excluded.a, b = excluded.b` */
export const setToExcluded = (columns: readonly string[]): string =>
	columns.map((column) => `${column} = excluded.${column}`).join(', ');

/** Inserts all rows of a statement, whose columns these are. Its ON CONFLICT may follow. */
export const insertRows = (
	{ table, rows }: Pick<SqlWriter, 'table' | 'rows'>,
	name: TableName,
	columns: readonly string[],
	alias?: string,
): string => `
		INSERT INTO ${table(name)}${alias === undefined ? '' : ` AS ${alias}`} (${columnList(columns)})
		SELECT ${columnsOf('r', columns)} FROM ${rows} WHERE true`;
