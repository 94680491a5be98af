import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

import type { SqliteConfig } from '../../config';

/** The files SQLite keeps next to a file in WAL mode: the log and its shared-memory index. */
export const companionsOf = (file: string): string[] => [logOf(file), `${file}-shm`];

/** The log: everything written but not yet checkpointed into the file. */
export const logOf = (file: string): string => `${file}-wal`;

/** `whatsapp-cloud/state.sqlite` in the folder where n8n keeps its own database. */
export function defaultSqlitePath(): string {
	const userFolder = process.env['N8N_USER_FOLDER'] || homedir();
	return join(userFolder, '.n8n', 'whatsapp-cloud', 'state.sqlite');
}

/** The path a configuration refers to, without touching it. */
export const sqlitePath = (config: SqliteConfig): string =>
	resolve(config.path || defaultSqlitePath());

/** A file by which the user accepts a state that has lost its log. Valid once. */
export const acceptancePath = (file: string): string => `${file}-accept-loss`;
