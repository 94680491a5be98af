import { mkdirSync, openSync, closeSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';

import type { SqliteConfig } from '../config';
import type { Database, Query, Scope, Work } from './database';
import { isLocked, sqliteProblem, toSqliteProblem } from './sqliteProblem';
import type { Row, SqlValue, SqlWriter, Statement } from './statement';

/** How long SQLite itself waits for a lock: it blocks the whole process meanwhile. */
const blockingWaitMs = 10;

/** Works joined into one transaction, so that none holds the process for long. */
const maxWorksAtOnce = 64;

/** Memory for pages of the file. */
const cacheKib = 16 * 1024;

/** The log grows to this before SQLite writes it over into the file, for which it waits for the disk. */
const maxLogPages = 4_096;

/** A log that became longer is cut back: twice what is usual, in pages of 4 KiB. */
const maxLogBytes = 2 * maxLogPages * 4_096;

/** `whatsapp-cloud/state.sqlite` in the folder where n8n keeps its own database. */
export function defaultSqlitePath(): string {
	const userFolder = process.env['N8N_USER_FOLDER'] || homedir();
	return join(userFolder, '.n8n', 'whatsapp-cloud', 'state.sqlite');
}

/** The path that a configuration means, without touching it. */
export const sqlitePath = (config: SqliteConfig): string =>
	resolve(config.path || defaultSqlitePath());

/** @throws StateProblem when the file cannot be opened. */
export async function openSqlite(config: SqliteConfig): Promise<Database> {
	const path = sqlitePath(config);
	const timeoutMs = config.timeoutMs ?? 5_000;
	const connection = await whileLocked(path, timeoutMs, () => connect(path));
	return new SqliteDatabase(connection, path, timeoutMs);
}

function connect(path: string): DatabaseSync {
	// Not every Node.js has the module, and the nodes must load all the same.
	const sqlite = process.getBuiltinModule('node:sqlite') as
		ReturnType<typeof process.getBuiltinModule<'node:sqlite'>> | undefined;
	if (sqlite === undefined) throw sqliteProblem('no_sqlite', path);

	mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
	// SQLite would make the file readable for everybody; its companions take over the mode.
	closeSync(openSync(path, 'a', 0o600));
	const connection = new sqlite.DatabaseSync(path);
	let isReady = false;
	try {
		connection.exec(`
			PRAGMA busy_timeout = ${blockingWaitMs};
			PRAGMA journal_mode = WAL;
			PRAGMA synchronous = NORMAL;
			PRAGMA cache_size = -${cacheKib};
			-- Pages that a step may have to take back, and what a report sorts: in files the first
			-- would be most of what is written.
			PRAGMA temp_store = MEMORY;
			PRAGMA wal_autocheckpoint = ${maxLogPages};
			PRAGMA journal_size_limit = ${maxLogBytes};
		`);
		isReady = true;
		return connection;
	} finally {
		if (!isReady) connection.close();
	}
}

/** Tries again while another process holds the file, without blocking this one. */
async function whileLocked<Result>(
	path: string,
	timeoutMs: number,
	attempt: () => Result,
): Promise<Result> {
	const deadline = performance.now() + timeoutMs;
	for (;;) {
		try {
			return attempt();
		} catch (error) {
			if (!isLocked(error) || performance.now() >= deadline) throw toSqliteProblem(error, path);
			await sleep(1 + Math.random() * 10);
		}
	}
}

/** What surrounds each transaction, parsed once. */
const prepareControl = (connection: DatabaseSync) => ({
	begin: connection.prepare('BEGIN IMMEDIATE'),
	commit: connection.prepare('COMMIT'),
	savepoint: connection.prepare('SAVEPOINT work'),
	release: connection.prepare('RELEASE work'),
});

interface Job {
	work: () => Work<unknown>;
	resolve: (result: unknown) => void;
	reject: (error: unknown) => void;
}

class SqliteDatabase implements Database {
	readonly engine = 'sqlite';
	readonly gatherMs = 0;
	readonly location: string;
	private readonly connection: DatabaseSync;
	private readonly timeoutMs: number;
	private readonly prepared = new Map<Statement, Prepared>();
	private readonly control: ReturnType<typeof prepareControl>;
	private jobs: Job[] = [];
	private draining: Promise<void> | null = null;
	private closed = false;

	constructor(connection: DatabaseSync, path: string, timeoutMs: number) {
		this.connection = connection;
		this.control = prepareControl(connection);
		this.location = path;
		this.timeoutMs = timeoutMs;
	}

	async run<Result>(scope: Scope, work: () => Work<Result>): Promise<Result> {
		if (this.closed) throw sqliteProblem('closed', this.location);
		if (scope === 'read') {
			return await this.whileLocked(() => this.steps(work));
		}
		return await new Promise<Result>((resolve, reject) => {
			this.jobs.push({ work, resolve: resolve as Job['resolve'], reject });
			this.draining ??= this.drain();
		});
	}

	async close(): Promise<void> {
		if (this.closed) return;
		this.closed = true;
		await this.draining;
		this.connection.close();
	}

	/** Writes what is waiting, all that came in the same tick in one transaction. */
	private async drain(): Promise<void> {
		// Lets everything that is called in this tick join the transaction.
		await Promise.resolve();
		while (this.jobs.length > 0) {
			const jobs = this.jobs.splice(0, maxWorksAtOnce);
			try {
				const tellCallers = await this.whileLocked(() => this.transact(jobs));
				for (const tell of tellCallers) tell();
			} catch (problem) {
				for (const { reject } of jobs) reject(problem);
			}
			if (this.jobs.length > 0) await new Promise((resume) => setImmediate(resume));
		}
		this.draining = null;
	}

	private async whileLocked<Result>(attempt: () => Result): Promise<Result> {
		return await whileLocked(this.location, this.timeoutMs, attempt);
	}

	/** @returns what to tell the callers, once the transaction is written. */
	private transact(jobs: readonly Job[]): Array<() => void> {
		this.control.begin.run();
		try {
			// What is alone needs no way back of its own, for which SQLite would copy each page.
			const isAlone = jobs.length === 1;
			const tellCallers = jobs.map((job) => (isAlone ? this.doJob(job) : this.tryJob(job)));
			this.control.commit.run();
			return tellCallers;
		} finally {
			// Still open after a failure only; on a full disk SQLite may have rolled back by itself.
			if (this.connection.isTransaction) this.connection.exec('ROLLBACK');
		}
	}

	private doJob({ work, resolve }: Job): () => void {
		const result = this.steps(work);
		return () => resolve(result);
	}

	/** A work that fails takes back its own steps only. */
	private tryJob(job: Job): () => void {
		this.control.savepoint.run();
		try {
			const tellCaller = this.doJob(job);
			this.control.release.run();
			return tellCaller;
		} catch (error) {
			const problem = toSqliteProblem(error, this.location);
			if (!this.connection.isTransaction) throw problem;
			this.connection.exec('ROLLBACK TO work');
			this.control.release.run();
			return () => job.reject(problem);
		}
	}

	private steps<Result>(work: () => Work<Result>): Result {
		const running = work();
		let step = running.next();
		while (step.done !== true) step = running.next(this.answer(step.value));
		return step.value;
	}

	private answer({ statement, rows, values }: Query): Row[] {
		let prepared = this.prepared.get(statement);
		if (prepared === undefined) {
			prepared = prepare(this.connection, statement);
			this.prepared.set(statement, prepared);
		}
		return prepared(rows, values);
	}
}

/** Runs a statement that is ready. */
type Prepared = (rows: readonly Row[], values: Row) => Row[];

function prepare(connection: DatabaseSync, statement: Statement): Prepared {
	const columns = Object.keys(statement.rows ?? {});
	const hasValues = Object.keys(statement.values).length > 0;
	// Binding by place is twice as fast as by name, but cannot say the same value in two places.
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

/** The tables hold numbers, texts and NULL only, no BLOB or large integer. */
const toRows = (found: unknown[]): Row[] => found as Row[];

const sqliteWriter: SqlWriter = {
	engine: 'sqlite',
	rows: '',
	value: (name) => `:${name}`,
	table: (name) => name,
	changed: () => '',
	forUpdate: () => '',
	skipLocked: () => '',
	hasTable: (name) => `SELECT count(*) AS n FROM sqlite_schema WHERE name = '${name}'`,
	// The transaction that writes has the file for itself.
	lockSchema: 'SELECT 1 AS n',
	hasSchema: 'SELECT 1 AS n',
	createSchema: 'SELECT 1 AS n',
	types: { key: 'TEXT', text: 'TEXT', integer: 'INTEGER', real: 'REAL' },
	keyed: ' WITHOUT ROWID',
};
