import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';

/**
 * A row of the state that tells whether the file can be whole without its log.
 *
 * In WAL mode SQLite writes to a log beside the file and carries it over now and then. A file
 * without its log is a sound database of an earlier moment, which SQLite takes in silence: what was
 * sent since is forgotten. So the mark is changed around each carrying over, such that the file
 * itself ends up with another one than the file together with its log:
 *
 * - `closed`: everything is in the file.
 * - `opening`: carried over into the file before anything follows. In a file without a log it says
 *   that there was one.
 * - `open`: written to the log right after that, and never carried over by this package.
 */
export interface LogMark {
	phase: 'closed' | 'opening' | 'open';
	id: string;
	/** IDs of marks that the file itself may hold when this one stands in its log. */
	bases: string[];
	/**
	 * SQLite's count of changes of the schema. Its ways to make a backup change it, and such a file
	 * is whole, whatever was going on in the original.
	 */
	schemaCookie: number;
}

/**
 * What is wrong with the log of a state.
 * - `lost`: it is gone, empty or no log, and the file says that there was one.
 * - `foreign`: it continues another file than this one.
 * - `fileless`: the log is there, but its file is missing or empty.
 */
export type LogProblem = 'lost' | 'foreign' | 'fileless';

/** Of a state that knows no marks yet. */
export const noMark: LogMark = { phase: 'closed', id: '', bases: [], schemaCookie: -1 };

/** Stands for any mark, where there were too many to remember. */
const anyMark = '*';
const mostBases = 50;

/** The mark that comes after another one. */
export function nextMark(phase: LogMark['phase'], before: LogMark, schemaCookie: number): LogMark {
	const bases = [before.id, ...before.bases];
	return {
		phase,
		id: randomUUID(),
		bases: bases.length > mostBases ? [anyMark] : bases,
		schemaCookie,
	};
}

/** Whether a log with this mark goes on from a file with that one. */
export function fits(inLog: LogMark, inFile: LogMark): boolean {
	return [inLog.id, ...inLog.bases].some((id) => id === inFile.id || id === anyMark);
}

/** Whether the mark says that a log follows, and is not that of the original of a backup. */
export const asksForLog = (mark: LogMark, schemaCookie: number): boolean =>
	mark.phase === 'opening' && mark.schemaCookie === schemaCookie;

export const selectMark = "SELECT value FROM meta WHERE name = 'log'";

export const replaceMark = `
	INSERT INTO meta (name, value) VALUES ('log', ?)
	ON CONFLICT (name) DO UPDATE SET value = excluded.value`;

/** @param row what `selectMark` has found */
export function toMark(row: unknown): LogMark {
	if (typeof row !== 'object' || row === null || !('value' in row)) return noMark;
	return JSON.parse(String(row.value)) as LogMark;
}

export function schemaCookieOf(connection: DatabaseSync): number {
	return Number(connection.prepare('PRAGMA schema_version').get()?.['schema_version']);
}
