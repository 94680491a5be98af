import { statSync } from 'node:fs';

import { logOf } from './sqlitePaths';
import type { WriteLog } from './writeLog';

/** Checkpoint a log that has had no writes for this long. */
const idleMs = 1_000;

/** Checkpoint a log with constant writes this often. */
const maxAgeMs = 10_000;

/**
 * Also checkpoint a log that has grown to this size, even though SQLite then waits for the disk.
 */
const maxLogBytes = 4_096 * 4_096;

/** Transactions from one look at the log's size to the next. */
const measuredEach = 10;

/** Checkpoints the log regularly, so that the file never lags far behind. */
export class LogKeeper {
	readonly log: WriteLog;
	private readonly logFile: string;
	private timer: NodeJS.Timeout | null = null;
	private hasWritten = false;
	private openedAt = 0;
	private dueAtBytes = maxLogBytes;
	private unmeasured = 0;

	/** @param log the log of a file that may lag behind it */
	constructor(log: WriteLog, file: string) {
		this.log = log;
		this.logFile = logOf(file);
	}

	/** Checkpoints the log and starts a new one. */
	open(): boolean {
		const isWhole = this.log.open();
		this.openedAt = performance.now();
		// The next checkpoint gets what a reader holds back.
		this.dueAtBytes = maxLogBytes + (isWhole ? 0 : this.logBytes());
		return isWhole;
	}

	/** Call after each transaction. Never throws. */
	wrote(): void {
		this.hasWritten = true;
		this.timer ??= this.laterOn();
		this.unmeasured++;
		if (this.unmeasured < measuredEach) return;
		this.unmeasured = 0;
		this.tryTo(() => this.logBytes() < this.dueAtBytes || this.open());
	}

	/** Checkpoints everything once all writing is done. Never throws. */
	end(): void {
		if (this.timer !== null) clearTimeout(this.timer);
		this.tryTo(() => this.log.close());
	}

	private laterOn(): NodeJS.Timeout {
		// Must not keep the process alive; exiting checkpoints the log too.
		return setTimeout(() => {
			this.timer = this.tidy() ? null : this.laterOn();
		}, idleMs).unref();
	}

	/** @returns whether there is nothing left to do */
	private tidy(): boolean {
		const isIdle = !this.hasWritten;
		this.hasWritten = false;
		if (isIdle) return this.tryTo(() => this.log.close());
		if (performance.now() - this.openedAt >= maxAgeMs) this.tryTo(() => this.open());
		return false;
	}

	/**
	 * Anything not checkpointed stays in the log, so nothing is lost. It is tried again later, and
	 * the next writer runs into the same fault and reports it.
	 */
	private tryTo(work: () => boolean): boolean {
		try {
			return work();
		} catch {
			return false;
		}
	}

	private logBytes(): number {
		return statSync(this.logFile, { throwIfNoEntry: false })?.size ?? 0;
	}
}
