import { closeSync, openSync, readSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';

/** The application ID in the header of files this package creates: "WACS". */
const applicationId = 0x57_41_43_53;

/** Header length and offsets: https://www.sqlite.org/fileformat2.html#the_database_header */
const headBytes = 100;
const writeVersionAt = 18;
const applicationIdAt = 68;

/** 2: writes go to a log. */
const walVersion = 2;

/**
 * Signs a file that is still empty. It must not use a log yet, so that the signature is in the file
 * itself.
 */
export function signNew(connection: DatabaseSync): void {
	const isEmpty = connection.prepare('PRAGMA schema_version').get()?.['schema_version'] === 0;
	const { journal_mode: mode } = connection.prepare('PRAGMA journal_mode').get() ?? {};
	if (isEmpty && mode !== 'wal') connection.exec(`PRAGMA application_id = ${applicationId}`);
}

/**
 * Whether a file without tables comes from a version that did not sign its files and kept all its
 * tables in the log. Do not call for a file this process has open.
 */
export function isOldAndUsed(file: string): boolean {
	const head = Buffer.alloc(headBytes);
	const descriptor = openSync(file, 'r');
	try {
		if (readSync(descriptor, head, 0, headBytes, 0) < headBytes) return false;
	} finally {
		closeSync(descriptor);
	}
	return head[writeVersionAt] === walVersion && head.readUInt32BE(applicationIdAt) === 0;
}
