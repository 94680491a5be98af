import type { StoreEngine } from '../store';
import type { Row, Statement, TableName } from './statement';

/** A statement and its input. */
export interface Query {
	statement: Statement;
	rows: readonly Row[];
	values: Row;
}

/**
 * Database steps, written once for a synchronous engine (SQLite, which runs them all without
 * interruption by other code) and an asynchronous one (PostgreSQL). Work may run again from its
 * start: after a lost connection or a deadlock and, in SQLite, if another work of its transaction
 * fails. So it changes nothing but the database.
 */
export type Work<Result> = Generator<Query, Result, readonly Row[]>;

/** Runs a statement on rows, as one step. Does nothing if there are no rows. */
export function* onRows(
	statement: Statement,
	rows: readonly Row[],
	values: Row = {},
): Work<readonly Row[]> {
	return rows.length === 0 ? [] : yield { statement, rows, values };
}

/** Runs a statement that takes no rows, as one step. */
export function* once(statement: Statement, values: Row = {}): Work<readonly Row[]> {
	return yield { statement, rows: [], values };
}

/**
 * How much is atomic.
 * - `read`: changes nothing.
 * - `steps`: each statement on its own.
 * - `transaction`: all or nothing.
 */
export type Scope = 'read' | 'steps' | 'transaction';

/** How work may be run. */
export interface RunOptions {
	/** Whether it may wait some milliseconds to share a transaction; PostgreSQL ignores it. */
	mayWait?: boolean;
}

export interface Database {
	readonly engine: StoreEngine;
	/** Path, or `host:port/database`. Contains no secret. */
	readonly location: string;
	/** How long a batch waits for more callers, in milliseconds; 0: until the next tick. */
	readonly batchMs: number;
	/** @throws StateProblem */
	run<Result>(scope: Scope, work: () => Work<Result>, options?: RunOptions): Promise<Result>;
	/** Call once the tables exist, before anything is written to them. */
	hasTables(): Promise<void>;
	/**
	 * Calls back when a transaction of any process has notified a table's channel, as far as the engine can
	 * tell: SQLite cannot, and PostgreSQL not while its connection is down or behind a pooler. So
	 * whoever listens looks from time to time as well.
	 *
	 * @param table name of the table that gives the channel its name
	 * @returns how to stop listening
	 */
	listen(table: TableName, onNotify: () => void): () => void;
	/**
	 * Writes everything anew, so that no bytes of deleted rows are left.
	 *
	 * @returns false if others use the database too much for it
	 * @throws StateProblem
	 */
	compact(): Promise<boolean>;
	close(): Promise<void>;
}
