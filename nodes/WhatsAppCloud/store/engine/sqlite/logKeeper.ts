import { statSync } from 'node:fs';

import { logOf } from './sqlitePaths';
import type { WriteLog } from './writeLog';

/** A log in which nothing was written for so long is carried over. */
const idleMs = 1_000;

/** One that is written to all the time is carried over that often. */
const maxAgeMs = 10_000;

/** It is carried over as well when it has grown to this: SQLite waits for the disk for it. */
const maxLogBytes = 4_096 * 4_096;

/** Sees to it that the file is never long without what is in its log. */
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

	/** Carries the log over and begins a new one. */
	open(): boolean {
		const isWhole = this.log.open();
		this.openedAt = performance.now();
		// What a reader holds back comes with the next one.
		this.dueAtBytes = maxLogBytes + (isWhole ? 0 : this.logBytes());
		return isWhole;
	}

	/** To be called after each transaction. Never throws. */
	wrote(): void {
		this.hasWritten = true;
		this.timer ??= this.laterOn();
		if (this.logBytes() >= this.dueAtBytes) this.tryTo(() => this.open());
	}

	/** Carries everything over, since nothing is written any more. Never throws. */
	end(): void {
		if (this.timer !== null) clearTimeout(this.timer);
		this.tryTo(() => this.log.close());
	}

	private laterOn(): NodeJS.Timeout {
		// A process that has nothing else to do ends, and carries the log over then.
		return setTimeout(() => {
			this.timer = this.tidy() ? null : this.laterOn();
		}, idleMs).unref();
	}

	/** @returns whether nothing is left to do */
	private tidy(): boolean {
		const isIdle = !this.hasWritten;
		this.hasWritten = false;
		if (isIdle) return this.tryTo(() => this.log.close());
		if (performance.now() - this.openedAt >= maxAgeMs) this.tryTo(() => this.open());
		return false;
	}

	/**
	 * What is not carried over stays in the log and nothing is lost. So it is tried again later, and
	 * what is wrong is told to the next one who writes and meets the same.
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
