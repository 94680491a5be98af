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

/** Opens a database; not every Node.js has the module. */
type Connect = (location: string | URL, options: { readOnly: true }) => DatabaseSync;

interface Reading {
	mark: LogMark;
	schemaCookie: number;
}

/** Other processes may carry the log over between two looks; what is wrong stays so. */
const looks = 4;
const betweenLooksMs = 50;

/**
 * Looks at file and log before SQLite puts them together, and changes neither of them. Not for a
 * file that this process has open: reading it would release its locks.
 *
 * Frames in the log that follow one with a wrong checksum are not reported. A damaged log has them,
 * but so does a sound one: when a process is killed while it writes a large transaction, and the
 * next one writes a smaller transaction over it, the rest of the first stays behind with the same
 * salts and with checksums that only no longer follow from what stands before them.
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
	// Damaged or without rights: opening it in earnest says so, or it can be used after all.
	if (alone === null) return null;
	const logBytes = sizeOf(logOf(file));
	if (alone.schemaCookie === 0) {
		// A process that was killed while it made the file leaves an empty log.
		return logBytes === null && isOldAndUsed(file) ? 'lost' : null;
	}
	if (!logBytes) return asksForLog(alone.mark, alone.schemaCookie) ? 'lost' : null;

	const whole = read(connect, file);
	if (whole === null) return null;
	const again = readAlone(connect, file);
	// The file moved on meanwhile, so another process is at work with it.
	if (again?.mark.id !== alone.mark.id) return null;
	if (!fits(whole.mark, alone.mark)) return 'foreign';
	const isSame = whole.mark.id === alone.mark.id;
	if (!isSame || !asksForLog(whole.mark, whole.schemaCookie)) return null;
	// Nothing came behind the mark, or nothing of the log can be read. The first is a process that
	// was killed right there: the log it left holds the mark.
	return readFileSync(logOf(file)).includes(whole.mark.id) ? null : 'lost';
}

/** The file without its log, which an immutable file cannot have. */
function readAlone(connect: Connect, file: string): Reading | null {
	const address = pathToFileURL(file);
	address.searchParams.set('immutable', '1');
	return read(connect, address);
}

/** @returns null where nothing can be read */
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

/** Null where there is no such file. */
function sizeOf(path: string): number | null {
	return statSync(path, { throwIfNoEntry: false })?.size ?? null;
}
