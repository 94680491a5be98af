import { closeSync, openSync, readSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';

/** What stands as application ID in the head of a file that this package made: "WACS". */
const applicationId = 0x57_41_43_53;

/** Length of the head, and places in it: https://www.sqlite.org/fileformat2.html#the_database_header */
const headBytes = 100;
const writeVersionAt = 18;
const applicationIdAt = 68;

/** 2: what is written goes to a log. */
const walVersion = 2;

/** Signs a file that holds nothing yet. It must not use a log yet, so that the file has it for sure. */
export function signNew(connection: DatabaseSync): void {
	const isEmpty = connection.prepare('PRAGMA schema_version').get()?.['schema_version'] === 0;
	const { journal_mode: mode } = connection.prepare('PRAGMA journal_mode').get() ?? {};
	if (isEmpty && mode !== 'wal') connection.exec(`PRAGMA application_id = ${applicationId}`);
}

/**
 * Whether a file without tables is one of a version that signed none and kept all of its tables in
 * the log. Not for a file that this process has open.
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
