import type { DatabaseSync } from 'node:sqlite';

import type { SqliteConfig } from '../../config';
import { StateProblem } from '../../stateProblem';
import type { Database, Query, RunOptions, Scope, Work } from '../database';
import { signNew } from './fileHead';
import { Gathering } from './gathering';
import { LogKeeper } from './logKeeper';
import { findLogProblem } from './lostLog';
import { isOpenHere, noteOpen } from './openFiles';
import { acceptanceOf, keepCompanionsForOwner, makeFile } from './sqliteFile';
import { sqlitePath } from './sqlitePaths';
import { logProblem, sqliteProblem, toSqliteProblem } from './sqliteProblem';
import { prepare, type Prepared } from './sqliteStatement';
import type { Row, Statement } from '../statement';
import { whileLocked } from '../whileLocked';
import { WriteLog } from './writeLog';

/** How long SQLite itself waits for a lock, blocking the whole process. */
const blockingWaitMs = 10;

/** Most jobs per transaction, so that none blocks the process for long. */
const maxWorksAtOnce = 64;

/** Memory for cached pages of the file. */
const cacheKib = 16 * 1024;

/** @throws StateProblem if the file cannot be opened or has lost its log. */
export async function openSqlite(config: SqliteConfig): Promise<Database> {
	const path = sqlitePath(config);
	const timeoutMs = config.timeoutMs ?? 5_000;
	// Not every Node.js has the module, and the nodes must load anyway.
	const sqlite = process.getBuiltinModule('node:sqlite') as SqliteModule | undefined;
	if (sqlite === undefined) throw sqliteProblem('no_sqlite', path);

	const file = await whileLocked(path, timeoutMs, () => makeFile(config));
	if (!isOpenHere(file)) await requireLog(sqlite, file, path, timeoutMs);
	const connection = await whileLocked(path, timeoutMs, () => connect(sqlite, file));
	return new SqliteDatabase(connection, file, path, timeoutMs);
}

type SqliteModule = ReturnType<typeof process.getBuiltinModule<'node:sqlite'>>;

async function requireLog(
	{ DatabaseSync }: SqliteModule,
	file: string,
	path: string,
	timeoutMs: number,
): Promise<void> {
	const problem = await findLogProblem(
		(location, options) => new DatabaseSync(location, options),
		file,
		async (attempt) => await whileLocked(path, timeoutMs, attempt),
	);
	if (problem === null || (problem === 'lost' && acceptanceOf(file).isGiven())) return;
	throw logProblem(problem, file);
}

function connect({ DatabaseSync }: SqliteModule, file: string): DatabaseSync {
	const connection = new DatabaseSync(file);
	let isReady = false;
	try {
		connection.exec(`PRAGMA busy_timeout = ${blockingWaitMs}`);
		signNew(connection);
		connection.exec(`
			PRAGMA journal_mode = WAL;
			PRAGMA synchronous = NORMAL;
			PRAGMA cache_size = -${cacheKib};
			-- Pages that a step may have to take back, and what a report sorts: in files the first
			-- would be most of what is written.
			PRAGMA temp_store = MEMORY;
			-- Left to the keeper of the log, who sees by its length when it is due.
			PRAGMA wal_autocheckpoint = 0;
			PRAGMA journal_size_limit = 0;
		`);
		keepCompanionsForOwner(file);
		isReady = true;
		return connection;
	} finally {
		if (!isReady) connection.close();
	}
}

/** Through a file, since a large state would not fit into memory twice. */
const vacuum = `
	PRAGMA temp_store = FILE;
	VACUUM;
	PRAGMA temp_store = MEMORY`;

/** The statements around each transaction, parsed once. */
const prepareControl = (connection: DatabaseSync) => ({
	begin: connection.prepare('BEGIN IMMEDIATE'),
	commit: connection.prepare('COMMIT'),
	savepoint: connection.prepare('SAVEPOINT work'),
	release: connection.prepare('RELEASE work'),
});

interface Job {
	work: () => Work<unknown>;
	mayWait: boolean;
	resolve: (result: unknown) => void;
	reject: (error: unknown) => void;
}

class SqliteDatabase implements Database {
	readonly engine = 'sqlite';
	readonly batchMs = 0;
	readonly location: string;
	private readonly connection: DatabaseSync;
	private readonly timeoutMs: number;
	private readonly prepared = new Map<Statement, Prepared>();
	private readonly control: ReturnType<typeof prepareControl>;
	private jobs: Job[] = [];
	private draining: Promise<void> | null = null;
	private readonly gathering = new Gathering();
	/** Null until the tables exist. */
	private keeper: LogKeeper | null = null;
	private readonly file: string;
	private readonly noteClosed: () => void;
	private closed = false;

	constructor(connection: DatabaseSync, file: string, path: string, timeoutMs: number) {
		this.connection = connection;
		this.control = prepareControl(connection);
		this.file = file;
		this.location = path;
		this.timeoutMs = timeoutMs;
		this.noteClosed = noteOpen(file, () => this.closeNow());
	}

	/** SQLite tells no other process of a change. */
	listen(): () => void {
		return () => undefined;
	}

	async hasTables(): Promise<void> {
		const log = new WriteLog(this.connection);
		await this.whileLocked(() => log.close());
		acceptanceOf(this.file).use();
		this.keeper = new LogKeeper(log, this.file);
	}

	async run<Result>(
		scope: Scope,
		work: () => Work<Result>,
		{ mayWait = false }: RunOptions = {},
	): Promise<Result> {
		if (this.closed) throw sqliteProblem('closed', this.location);
		if (scope === 'read') return await this.whileLocked(() => this.steps(work));
		return await new Promise<Result>((resolve, reject) => {
			this.jobs.push({ work, mayWait, resolve: resolve as Job['resolve'], reject });
			if (!this.mayAllWait()) this.gathering.hurry();
			this.draining ??= this.drain();
		});
	}

	async compact(): Promise<boolean> {
		if (this.closed) throw sqliteProblem('closed', this.location);
		this.gathering.hurry();
		await this.draining;
		return await this.whileLocked(() => {
			// So that the log it is written to is one that the file knows about.
			this.begin();
			this.control.commit.run();
			this.connection.exec(vacuum);
			this.keeper?.log.close();
			const emptied = this.connection.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get();
			return emptied?.['busy'] === 0;
		});
	}

	async close(): Promise<void> {
		if (this.closed) return;
		this.closed = true;
		this.gathering.hurry();
		await this.draining;
		this.closeNow();
	}

	/** Also called when the process ends, which waits for nothing. */
	private closeNow(): void {
		this.closed = true;
		this.noteClosed();
		this.keeper?.end();
		this.connection.close();
	}

	/** Writes the waiting jobs, many in a transaction. */
	private async drain(): Promise<void> {
		while (this.jobs.length > 0) {
			await this.gathering.wait(this.mayAllWait());
			await this.write(this.jobs.splice(0, maxWorksAtOnce));
			this.gathering.wrote();
		}
		this.draining = null;
	}

	private mayAllWait(): boolean {
		const isFull = this.jobs.length >= maxWorksAtOnce;
		return !this.closed && !isFull && this.jobs.every(({ mayWait }) => mayWait);
	}

	/** @param hasSavepoints one for each job, so that a job that fails does not cost the others */
	private async write(jobs: readonly Job[], hasSavepoints = false): Promise<void> {
		let tellCallers: readonly (() => void)[] = [];
		try {
			tellCallers = await this.whileLocked(() => this.transact(jobs, hasSavepoints));
		} catch (problem) {
			// A lock has had all the time that it may take.
			const isLocked = problem instanceof StateProblem && problem.kind === 'locked';
			if (hasSavepoints || isLocked || jobs.length === 1) {
				for (const { reject } of jobs) reject(problem);
			} else {
				// Savepoints only now: SQLite copies each page for them.
				await this.write(jobs, true);
			}
			return;
		}
		for (const tell of tellCallers) tell();
		this.keeper?.wrote();
	}

	private async whileLocked<Result>(attempt: () => Result): Promise<Result> {
		return await whileLocked(this.location, this.timeoutMs, attempt);
	}

	/** @returns what to tell the callers once the transaction is committed. */
	private transact(jobs: readonly Job[], hasSavepoints: boolean): (() => void)[] {
		try {
			this.begin();
			const tellCallers = jobs.map((job) => (hasSavepoints ? this.tryJob(job) : this.doJob(job)));
			this.control.commit.run();
			return tellCallers;
		} finally {
			// Only open after a failure; if the disk is full, SQLite may have rolled back by itself.
			if (this.connection.isTransaction) this.connection.exec('ROLLBACK');
		}
	}

	/** Begins a transaction. From here on, all writes go to a log that the file knows about. */
	private begin(): void {
		this.control.begin.run();
		if (this.keeper === null || this.keeper.log.isOpen()) return;
		this.connection.exec('ROLLBACK');
		this.keeper.open();
		this.control.begin.run();
		// In case another process has closed it in between.
		this.keeper.log.follow();
	}

	private doJob({ work, resolve }: Job): () => void {
		const result = this.steps(work);
		return () => resolve(result);
	}

	/** Does a job; if it fails, rolls back only its own steps. */
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
