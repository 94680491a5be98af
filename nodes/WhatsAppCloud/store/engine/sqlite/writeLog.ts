import type { DatabaseSync } from 'node:sqlite';

import { nextMark, replaceMark, schemaCookieOf, selectMark, toMark, type LogMark } from './logMark';

const prepareAll = (connection: DatabaseSync) => ({
	select: connection.prepare(selectMark),
	replace: connection.prepare(replaceMark),
	// Does not wait for others; the next checkpoint gets what they hold back.
	checkpoint: connection.prepare('PRAGMA wal_checkpoint(PASSIVE)'),
});

/** Longest time to open a log; a process that takes longer counts as killed. */
const openingTakesMs = 500;

/**
 * Attempts to open a log while others write to it in between, so that the file may have their mark.
 */
const mostAttempts = 3;

/** Another process is opening the log. Treated like an SQLite lock: try again. */
class LogOpening extends Error {
	override name = 'LogOpening';
	/** SQLITE_BUSY */
	readonly errcode = 5;

	constructor() {
		super('the log is being carried over');
	}
}

/**
 * The write-ahead log of a state file: checkpoints it and keeps what the file says about it up to
 * date (see `LogMark`). Several processes may do this at once. All methods are synchronous and
 * throw SQLite's errors; after a lock, they can be called again.
 */
export class WriteLog {
	private readonly connection: DatabaseSync;
	private readonly prepared: ReturnType<typeof prepareAll>;
	/** The stored mark of the open log. Most transactions find it unchanged and need not parse it. */
	private openMarkText: unknown = null;
	/** Last `opening` mark seen: another process is opening the log, or was killed doing so. */
	private opening = { id: '', seenAt: 0 };

	/** @param connection to a database whose tables exist */
	constructor(connection: DatabaseSync) {
		this.connection = connection;
		this.prepared = prepareAll(connection);
	}

	/**
	 * Call within a transaction. Whether the file says that a log follows, so that the log may be
	 * written to.
	 *
	 * @throws LogOpening while another process is opening it
	 */
	isOpen(): boolean {
		const row = this.prepared.select.get();
		if (row !== undefined && row['value'] === this.openMarkText) return true;
		const mark = toMark(row);
		if (this.isBeingOpened(mark)) throw new LogOpening();
		if (mark.phase === 'open') this.openMarkText = row?.['value'] ?? null;
		return mark.phase === 'open';
	}

	/**
	 * Checkpoints the log and starts a new one, unless another process is doing so.
	 *
	 * @returns whether the checkpoint was complete
	 */
	open(): boolean {
		for (let attempt = 1; ; attempt++) {
			const opening = this.transact(() =>
				this.isBeingOpened(this.mark()) ? null : this.put('opening'),
			);
			if (opening === null) return false;
			const isWhole = this.carryOver();
			const isDone = this.transact(() => {
				const { id, phase } = this.mark();
				if (id === opening.id) this.follow(isWhole);
				return id === opening.id || phase !== 'open';
			});
			if (isDone || attempt === mostAttempts) return isWhole;
		}
	}

	/**
	 * Call within a transaction. Marks the log as following the file, unless it is marked already.
	 *
	 * @param isInFile whether the current mark is known to be in the file
	 */
	follow(isInFile = false): void {
		const before = this.mark();
		if (before.phase === 'open') return;
		const mark = nextMark('open', before, schemaCookieOf(this.connection));
		if (isInFile) mark.bases = [before.id];
		this.prepared.replace.run(JSON.stringify(mark));
	}

	/**
	 * Checkpoints everything, so that the file alone is the whole state.
	 *
	 * @returns whether the checkpoint was complete
	 */
	close(): boolean {
		const { phase, schemaCookie } = this.mark();
		if (phase !== 'closed' || schemaCookie !== schemaCookieOf(this.connection)) {
			this.transact(() => this.put('closed'));
		}
		const isWhole = this.carryOver();
		// If another process has started writing, some of that may be in the file now, with its mark.
		return this.mark().phase === 'open' ? this.open() : isWhole;
	}

	/** Whether another process is opening the log, unless it is known to have been killed. */
	private isBeingOpened({ phase, id }: LogMark): boolean {
		if (phase !== 'opening') return false;
		if (id !== this.opening.id) this.opening = { id, seenAt: performance.now() };
		return performance.now() - this.opening.seenAt < openingTakesMs;
	}

	private put(phase: LogMark['phase']): LogMark {
		const mark = nextMark(phase, this.mark(), schemaCookieOf(this.connection));
		this.prepared.replace.run(JSON.stringify(mark));
		return mark;
	}

	private mark(): LogMark {
		return toMark(this.prepared.select.get());
	}

	private carryOver(): boolean {
		const { busy, log, checkpointed } = this.prepared.checkpoint.get() ?? {};
		return busy === 0 && log === checkpointed;
	}

	private transact<Result>(work: () => Result): Result {
		this.connection.exec('BEGIN IMMEDIATE');
		try {
			const result = work();
			this.connection.exec('COMMIT');
			return result;
		} finally {
			if (this.connection.isTransaction) this.connection.exec('ROLLBACK');
		}
	}
}
