import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';

/**
 * A row in the state that tells whether the file can be complete without its log.
 *
 * In WAL mode SQLite writes to a log next to the file and checkpoints it now and then. A file
 * without its log is a valid database from an earlier moment, which SQLite accepts silently:
 * anything sent since is forgotten. So the mark changes around each checkpoint, such that the file
 * alone ends up with a different mark from the file together with its log:
 *
 * - `closed`: everything is in the file.
 * - `opening`: checkpointed into the file before anything follows. In a file without a log, it
 *   shows that there was one.
 * - `open`: written to the log right after that, and never checkpointed by this package.
 */
export interface LogMark {
	phase: 'closed' | 'opening' | 'open';
	id: string;
	/** IDs of marks that the file itself may hold while its log has this one. */
	bases: string[];
	/**
	 * SQLite's counter of schema changes. SQLite's backup methods change it, and a backup file is
	 * complete, whatever was going on in the original.
	 */
	schemaCookie: number;
}

/**
 * What is wrong with a state's log.
 * - `lost`: it is missing, empty or not a log, and the file says that there was one.
 * - `foreign`: it belongs to a different file.
 * - `fileless`: the log is there, but its file is missing or empty.
 */
export type LogProblem = 'lost' | 'foreign' | 'fileless';

/** The mark of a state that has none yet. */
export const noMark: LogMark = { phase: 'closed', id: '', bases: [], schemaCookie: -1 };

/** Stands for any mark, once there are too many to remember. */
const anyMark = '*';
const mostBases = 50;

/** Returns the mark that follows another one. */
export function nextMark(phase: LogMark['phase'], before: LogMark, schemaCookie: number): LogMark {
	const bases = [before.id, ...before.bases];
	return {
		phase,
		id: randomUUID(),
		bases: bases.length > mostBases ? [anyMark] : bases,
		schemaCookie,
	};
}

/** Whether a log with the first mark continues a file with the second. */
export function fits(inLog: LogMark, inFile: LogMark): boolean {
	return [inLog.id, ...inLog.bases].some((id) => id === inFile.id || id === anyMark);
}

/** Whether the mark says that a log follows, and was not copied from the original by a backup. */
export const asksForLog = (mark: LogMark, schemaCookie: number): boolean =>
	mark.phase === 'opening' && mark.schemaCookie === schemaCookie;

export const selectMark = "SELECT value FROM meta WHERE name = 'log'";

export const replaceMark = `
	INSERT INTO meta (name, value) VALUES ('log', ?)
	ON CONFLICT (name) DO UPDATE SET value = excluded.value`;

/** @param row the result of `selectMark` */
export function toMark(row: unknown): LogMark {
	if (typeof row !== 'object' || row === null || !('value' in row)) return noMark;
	return JSON.parse(String(row.value)) as LogMark;
}

export function schemaCookieOf(connection: DatabaseSync): number {
	return Number(connection.prepare('PRAGMA schema_version').get()?.['schema_version']);
}
