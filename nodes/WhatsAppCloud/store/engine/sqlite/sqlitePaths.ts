import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

import type { SqliteConfig } from '../../config';

/** What SQLite keeps beside a file in WAL mode: the log, and an index of it in shared memory. */
export const companionsOf = (file: string): string[] => [logOf(file), `${file}-shm`];

/** The log: what has been written and not been carried over into the file yet. */
export const logOf = (file: string): string => `${file}-wal`;

/** `whatsapp-cloud/state.sqlite` in the folder where n8n keeps its own database. */
export function defaultSqlitePath(): string {
	const userFolder = process.env['N8N_USER_FOLDER'] || homedir();
	return join(userFolder, '.n8n', 'whatsapp-cloud', 'state.sqlite');
}

/** The path that a configuration means, without touching it. */
export const sqlitePath = (config: SqliteConfig): string =>
	resolve(config.path || defaultSqlitePath());

/** A file with which the user takes a state for good that has lost its log. It counts once. */
export const acceptancePath = (file: string): string => `${file}-accept-loss`;
