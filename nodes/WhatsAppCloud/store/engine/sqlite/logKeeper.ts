import { statSync } from 'node:fs';

import { logOf } from './sqlitePaths';
import type { WriteLog } from './writeLog';

/** A log that was not written to for this long is checkpointed. */
const idleMs = 1_000;

/** A log that is written to all the time is checkpointed this often. */
const maxAgeMs = 10_000;

/** A log that has grown to this is checkpointed as well, although SQLite waits for the disk. */
const maxLogBytes = 4_096 * 4_096;

/** Checkpoints the log in time, so that the file never lags far behind it. */
export class LogKeeper {
	readonly log: WriteLog;
	private readonly logFile: string;
	private timer: NodeJS.Timeout | null = null;
	private hasWritten = false;
	private openedAt = 0;
	private dueAtBytes = maxLogBytes;

	/** @param log of a file that may hold less than its log */
	constructor(log: WriteLog, file: string) {
		this.log = log;
		this.logFile = logOf(file);
	}

	/** Checkpoints the log and begins a new one. */
	open(): boolean {
		const isWhole = this.log.open();
		this.openedAt = performance.now();
		// What a reader holds back comes with the next one.
		this.dueAtBytes = maxLogBytes + (isWhole ? 0 : this.logBytes());
		return isWhole;
	}

	/** Call after each transaction. Never throws. */
	wrote(): void {
		this.hasWritten = true;
		this.timer ??= this.laterOn();
		if (this.logBytes() >= this.dueAtBytes) this.tryTo(() => this.open());
	}

	/** Checkpoints everything, at the end of all writing. Never throws. */
	end(): void {
		if (this.timer !== null) clearTimeout(this.timer);
		this.tryTo(() => this.log.close());
	}

	private laterOn(): NodeJS.Timeout {
		// Must not keep the process alive: its exit checkpoints the log, too.
		return setTimeout(() => {
			this.timer = this.tidy() ? null : this.laterOn();
		}, idleMs).unref();
	}

	/** @returns whether everything is done */
	private tidy(): boolean {
		const isIdle = !this.hasWritten;
		this.hasWritten = false;
		if (isIdle) return this.tryTo(() => this.log.close());
		if (performance.now() - this.openedAt >= maxAgeMs) this.tryTo(() => this.open());
		return false;
	}

	/**
	 * What is not checkpointed stays in the log, so nothing is lost. It is tried again later, and the
	 * next writer meets and reports the same fault.
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
