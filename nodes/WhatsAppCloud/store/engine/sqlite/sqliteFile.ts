import {
	chmodSync,
	closeSync,
	existsSync,
	lstatSync,
	mkdirSync,
	openSync,
	realpathSync,
	rmSync,
	statSync,
} from 'node:fs';
import { dirname } from 'node:path';

import type { SqliteConfig } from '../../config';
import { acceptancePath, companionsOf, logOf, sqlitePath } from './sqlitePaths';
import { logProblem, sqliteProblem, toSqliteProblem } from './sqliteProblem';

/**
 * Makes folder and file where they are missing, for their owner alone; those that were there
 * become so. The folder of a path that was given may hold other things and stays as it is.
 *
 * @returns the file itself, behind any link: its companions lie beside it
 * @throws StateProblem if something else has the place of the file, or if a log has lost its file
 */
export function makeFile(config: SqliteConfig): string {
	const path = sqlitePath(config);
	const folder = dirname(path);
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	if (hasLogOnly(path)) throw logProblem('fileless', path);
	if (!config.path && lstatSync(folder).isDirectory()) keepForOwner(folder, 0o700);
	// SQLite would make it readable for everybody. One that is there is not opened: closing it would
	// let go of all locks that this process has on it.
	if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600));
	const file = realpathSync(path);
	// Behind a link, the log lies beside the file itself.
	if (hasLogOnly(file)) throw logProblem('fileless', file);
	if (!statSync(file).isFile()) {
		throw sqliteProblem('other', path, 'A folder or device lies in its place. Move it away.');
	}
	keepForOwner(file, 0o600);
	return file;
}

/**
 * Whether a log has something in it while its file is missing or empty. SQLite would delete the log
 * and begin an empty state. A new file never looks like this: it is signed before it has a log.
 */
const hasLogOnly = (file: string): boolean => sizeOf(file) === 0 && sizeOf(logOf(file)) > 0;

/** 0 if there is no such file. */
const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/** New companions take over the mode of the file; those that were there do not. */
export function keepCompanionsForOwner(file: string): void {
	for (const companion of companionsOf(file)) {
		if (existsSync(companion)) keepForOwner(companion, 0o600);
	}
}

/** A mode that only its owner can change, or that the file system does not know. */
const unchangeable = new Set<unknown>(['EPERM', 'ENOTSUP', 'EROFS', 'ENOENT']);

function keepForOwner(path: string, mode: number): void {
	if ((statSync(path).mode & 0o077) === 0) return;
	try {
		chmodSync(path, mode);
	} catch (error) {
		// Whoever owns it has to; whether it can be written is found out by SQLite.
		const code = error instanceof Error && 'code' in error ? error.code : null;
		if (!unchangeable.has(code)) throw toSqliteProblem(error, path);
	}
}

export const acceptanceOf = (file: string): { isGiven(): boolean; use(): void } => ({
	isGiven: () => existsSync(acceptancePath(file)),
	use: () => rmSync(acceptancePath(file), { force: true }),
});
