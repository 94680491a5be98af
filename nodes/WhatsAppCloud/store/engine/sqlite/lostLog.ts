import { readFileSync, statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

import {
	asksForLog,
	noMark,
	fits,
	schemaCookieOf,
	selectMark,
	toMark,
	type LogMark,
	type LogProblem,
} from './logMark';
import { isOldAndUsed } from './fileHead';
import { logOf } from './sqlitePaths';
import { isLocked } from './sqliteProblem';

/** Opens a database. Passed in because not every Node.js has the module. */
type Connect = (location: string | URL, options: { readOnly: true }) => DatabaseSync;

interface Reading {
	mark: LogMark;
	schemaCookie: number;
}

/** Other processes may checkpoint the log between two looks; a real problem persists. */
const looks = 4;
const betweenLooksMs = 50;

/**
 * Checks the file and log before SQLite combines them, and changes neither. Do not call for a file
 * this process has open: reading it would release its locks.
 *
 * Log frames after one with a wrong checksum are not reported. A damaged log has them, but a sound
 * one can too: if a process is killed while writing a large transaction and the next one overwrites
 * it with a smaller one, the rest of the first stays behind with the same salts, and only its
 * checksums no longer follow from the frames before.
 */
export async function findLogProblem(
	connect: Connect,
	file: string,
	whileLocked: <Result>(attempt: () => Result) => Promise<Result>,
): Promise<LogProblem | null> {
	for (let look = 1; ; look++) {
		const problem = await whileLocked(() => lookAtLog(connect, file));
		if (problem === null || look === looks) return problem;
		await sleep(betweenLooksMs);
	}
}

function lookAtLog(connect: Connect, file: string): LogProblem | null {
	const alone = readAlone(connect, file);
	// Damaged or not readable: opening it for real will say so, or it turns out to be usable.
	if (alone === null) return null;
	const logBytes = sizeOf(logOf(file));
	if (alone.schemaCookie === 0) {
		// A process killed while creating the file leaves an empty log.
		return logBytes === null && isOldAndUsed(file) ? 'lost' : null;
	}
	if (!logBytes) return asksForLog(alone.mark, alone.schemaCookie) ? 'lost' : null;

	const whole = read(connect, file);
	if (whole === null) return null;
	const again = readAlone(connect, file);
	// The file has changed meanwhile, so another process is using it.
	if (again?.mark.id !== alone.mark.id) return null;
	if (!fits(whole.mark, alone.mark)) return 'foreign';
	const isSame = whole.mark.id === alone.mark.id;
	if (!isSame || !asksForLog(whole.mark, whole.schemaCookie)) return null;
	// Either nothing follows the mark, or the log cannot be read at all. In the first case a process
	// was killed at exactly that point, and its log contains the mark.
	return readFileSync(logOf(file)).includes(whole.mark.id) ? null : 'lost';
}

/** Reads the file without its log: SQLite assumes that an immutable file has none. */
function readAlone(connect: Connect, file: string): Reading | null {
	const address = pathToFileURL(file);
	address.searchParams.set('immutable', '1');
	return read(connect, address);
}

/** @returns null if nothing can be read */
function read(connect: Connect, location: string | URL): Reading | null {
	let connection: DatabaseSync | null = null;
	let locked: unknown = null;
	try {
		connection = connect(location, { readOnly: true });
		const schemaCookie = schemaCookieOf(connection);
		if (schemaCookie === 0) return { mark: noMark, schemaCookie };
		return { mark: toMark(connection.prepare(selectMark).get()), schemaCookie };
	} catch (error) {
		if (!isLocked(error)) return null;
		locked = error;
	} finally {
		connection?.close();
	}
	throw locked;
}

/** Null if there is no such file. */
function sizeOf(path: string): number | null {
	return statSync(path, { throwIfNoEntry: false })?.size ?? null;
}
