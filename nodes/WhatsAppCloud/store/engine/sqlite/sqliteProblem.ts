import { StateProblem, type StateProblemKind } from '../../stateProblem';
import type { LogProblem } from './logMark';
import { acceptancePath, companionsOf, logOf } from './sqlitePaths';

/** Primary result codes, https://www.sqlite.org/rescode.html; the low byte of the extended ones. */
const kinds: Readonly<Record<number, StateProblemKind>> = {
	3: 'no_rights',
	5: 'locked',
	6: 'locked',
	8: 'read_only',
	11: 'damaged',
	13: 'disk_full',
	14: 'no_rights',
	23: 'no_rights',
	26: 'damaged',
};

/** SQLITE_IOERR_WRITE and _SHMSIZE: how SQLite sees a quota or a file size limit. */
const refusedWrites = new Set([778, 4874]);

const fileKinds: Readonly<Record<string, StateProblemKind>> = {
	EACCES: 'no_rights',
	EPERM: 'no_rights',
	EROFS: 'read_only',
	ENOSPC: 'disk_full',
	EDQUOT: 'disk_full',
};

/** What to do if the folder or file system is the problem. */
const fileAdvice: Readonly<Record<string, string>> = {
	EEXIST: 'A file lies in the place of its folder. Move it away. ',
	ENOTDIR: 'A file lies in the place of one of its folders. Move it away. ',
	ENOENT: 'Its folder is missing and cannot be made. Is the file system read-only? ',
	ELOOP: 'Links on the way to it lead in a circle. ',
	EMFILE: 'This process has too many files open. ',
};

/** Lists the log too: left behind, it would be reported as having lost its file. */
const withCompanions = (file: string): string => [file, ...companionsOf(file)].join(', ');

const explanations: Readonly<Record<StateProblemKind, (path: string) => string>> = {
	no_sqlite: () =>
		`This Node.js (${process.version}) has no SQLite built in. Use Node.js 22.13 or later without --no-experimental-sqlite, or keep the state in PostgreSQL.`,
	disk_full: (path) =>
		`The state file ${path} cannot grow: the disk is full or a quota is used up. Make room, then try again; nothing was lost.`,
	locked: (path) =>
		`The state file ${path} stays locked by another process. If a backup or another program holds it, wait for that to end; for many n8n processes keep the state in PostgreSQL.`,
	damaged: (path) =>
		`The state file ${path} is damaged or not an SQLite file. Restore it from a backup, or start afresh by moving ${withCompanions(path)} away: messages sent before can then be sent a second time.`,
	read_only: (path) =>
		`The state file ${path} can only be read. Make the file and its folder writable for the user that runs n8n.`,
	no_rights: (path) =>
		`The state file ${path} cannot be opened. The user that runs n8n needs the right to read and write the file and its folder.`,
	newer_schema: (path) => `The state file ${path} was written by a newer version of this package.`,
	unreachable: (path) => `The state file ${path} cannot be reached.`,
	refused: (path) => `The state file ${path} refuses access.`,
	slow: (path) => `The state file ${path} does not answer.`,
	log_lost: (path) => `The state file ${path} has lost its log.`,
	closed: (path) => `The state file ${path} was closed.`,
	other: (path) => `The state file ${path} cannot be used.`,
};

export function sqliteProblem(kind: StateProblemKind, path: string, detail = ''): StateProblem {
	const explanation = explanations[kind](path);
	return new StateProblem(kind, detail === '' ? explanation : `${explanation} (${detail})`);
}

/** What to do if the file and log do not match. Nothing has been changed at that point. */
export function logProblem(problem: LogProblem, file: string): StateProblem {
	const where = `In the credential, Keep State In is "File on This Machine (SQLite)", and the state file ${file}`;
	const log = logOf(file);
	const texts: Record<LogProblem, string> = {
		lost: `${where} has lost its log ${log}, which holds what was written last: messages that were sent could go out a second time. Stop n8n and put both back as they were, or a backup. To go on with what the file alone knows, make an empty file ${acceptancePath(file)}; to start afresh, move ${withCompanions(file)} away.`,
		foreign: `${where} and its log ${log} do not belong together: one of them was put there from another place or time. Stop n8n and put both back as they were at one time. Where the state file is a backup that you restored, remove ${companionsOf(file).join(' and ')}.`,
		fileless: `${where} is missing or empty, but its log ${log} is still there: messages that were sent could go out a second time. Stop n8n and restore both from one backup. To start afresh, move ${withCompanions(file)} away.`,
	};
	return new StateProblem('log_lost', texts[problem]);
}

/** Puts an SQLite or file system error into plain words; returns any other error unchanged. */
export function toSqliteProblem(error: unknown, path: string): unknown {
	if (error instanceof StateProblem) return error;
	if (typeof error !== 'object' || error === null) return error;
	const detail = 'message' in error ? String(error.message) : '';
	if ('errcode' in error && typeof error.errcode === 'number') {
		return sqliteProblem(kindOf(error.errcode), path, detail);
	}
	if ('code' in error && typeof error.code === 'string' && 'syscall' in error) {
		return sqliteProblem(
			fileKinds[error.code] ?? 'other',
			path,
			`${fileAdvice[error.code] ?? ''}${error.code}`,
		);
	}
	return error;
}

/** Whether another process has the file locked right now, so that it makes sense to retry soon. */
export function isLocked(error: unknown): boolean {
	if (typeof error !== 'object' || error === null || !('errcode' in error)) return false;
	return typeof error.errcode === 'number' && kindOf(error.errcode) === 'locked';
}

function kindOf(resultCode: number): StateProblemKind {
	if (refusedWrites.has(resultCode)) return 'disk_full';
	return kinds[resultCode & 0xff] ?? 'other';
}
