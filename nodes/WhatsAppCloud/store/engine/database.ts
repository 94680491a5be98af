import type { StoreEngine } from '../store';
import type { Row, Statement } from './statement';

/** A statement with what it works on. */
export interface Query {
	statement: Statement;
	rows: readonly Row[];
	values: Row;
}

/**
 * Steps in the database, written once for an engine that answers at once (SQLite, which then runs
 * all of them without letting other code in between) and one that answers later (PostgreSQL).
 * Work can be run again from its start after a lost connection or a deadlock.
 */
export type Work<Result> = Generator<Query, Result, readonly Row[]>;

/** Runs a statement as a step of a work. Without rows it does nothing. */
export function* onRows(
	statement: Statement,
	rows: readonly Row[],
	values: Row = {},
): Work<readonly Row[]> {
	return rows.length === 0 ? [] : yield { statement, rows, values };
}

/** Runs a statement that takes no rows as a step of a work. */
export function* once(statement: Statement, values: Row = {}): Work<readonly Row[]> {
	return yield { statement, rows: [], values };
}

/**
 * How much belongs together.
 * - `read`: changes nothing.
 * - `steps`: each statement stands for itself.
 * - `transaction`: all or nothing.
 */
export type Scope = 'read' | 'steps' | 'transaction';

export interface Database {
	readonly engine: StoreEngine;
	/** Path, or `host:port/database`. Holds no secret. */
	readonly location: string;
	/** How long callers that come together are waited for, in milliseconds; 0: until the next tick. */
	readonly batchMs: number;
	/** @throws StateProblem */
	run<Result>(scope: Scope, work: () => Work<Result>): Promise<Result>;
	/** To be called once the tables are there, before anything is kept in them. */
	hasTables(): Promise<void>;
	close(): Promise<void>;
}
