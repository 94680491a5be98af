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
 * Creates the folder and file if they are missing, accessible to their owner only, and restricts
 * existing ones to their owner as well. The folder of a configured path may hold other things, so
 * it is left as it is.
 *
 * @returns the real file behind any link: its companions are next to that
 * @throws StateProblem if something else is in the file's place, or a log has lost its file
 */
export function makeFile(config: SqliteConfig): string {
	const path = sqlitePath(config);
	const folder = dirname(path);
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	if (hasLogOnly(path)) throw logProblem('fileless', path);
	if (!config.path && lstatSync(folder).isDirectory()) keepForOwner(folder, 0o700);
	// SQLite would make it readable by everyone. An existing file is not opened: closing it would
	// release all locks this process has on it.
	if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600));
	const file = realpathSync(path);
	// With a link, the log is next to the file it points to.
	if (hasLogOnly(file)) throw logProblem('fileless', file);
	if (!statSync(file).isFile()) {
		throw sqliteProblem('other', path, 'A folder or device lies in its place. Move it away.');
	}
	keepForOwner(file, 0o600);
	return file;
}

/**
 * Whether there is a non-empty log while its file is missing or empty. SQLite would delete the log
 * and start with an empty state. A new file never looks like this: it is signed before it has a
 * log.
 */
const hasLogOnly = (file: string): boolean => sizeOf(file) === 0 && sizeOf(logOf(file)) > 0;

/** 0 if there is no such file. */
const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/** New companions inherit the file's mode; existing ones do not. */
export function keepCompanionsForOwner(file: string): void {
	for (const companion of companionsOf(file)) {
		if (existsSync(companion)) keepForOwner(companion, 0o600);
	}
}

/** Errors for a mode that only the owner can change, or that the file system does not support. */
const unchangeable = new Set<unknown>(['EPERM', 'ENOTSUP', 'EROFS', 'ENOENT']);

function keepForOwner(path: string, mode: number): void {
	if ((statSync(path).mode & 0o077) === 0) return;
	try {
		chmodSync(path, mode);
	} catch (error) {
		// That is up to its owner; SQLite will find out whether it is writable.
		const code = error instanceof Error && 'code' in error ? error.code : null;
		if (!unchangeable.has(code)) throw toSqliteProblem(error, path);
	}
}

export const acceptanceOf = (file: string): { isGiven(): boolean; use(): void } => ({
	isGiven: () => existsSync(acceptancePath(file)),
	use: () => rmSync(acceptancePath(file), { force: true }),
});
