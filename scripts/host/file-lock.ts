import { open, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode, isAlive } from './process-state.ts';

const HEARTBEAT_MS = 5_000;
/** A lock that has not been touched for this long belongs to a process that is gone. */
const STALE_AFTER_MS = 60_000;
const POLL_MS = 500;

interface FileLock {
	release(): Promise<void>;
}

/**
 * Acquires the lock, or returns the ID of the running process that holds it. The file's folder must
 * exist.
 */
export async function tryLock(lockFile: string): Promise<FileLock | number> {
	while (!(await create(lockFile))) {
		const owner = await readOwner(lockFile);
		if (owner === null) continue;
		if (!owner.stale) return owner.pid;
		await discard(lockFile);
	}
	const heartbeat = setInterval(() => {
		const now = new Date();
		void utimes(lockFile, now, now).catch(() => undefined);
	}, HEARTBEAT_MS);
	heartbeat.unref();
	return {
		async release() {
			clearInterval(heartbeat);
			await rm(lockFile, { force: true });
		},
	};
}

/**
 * Runs `work` while no other process holds the same lock file.
 *
 * @param onWait called once when another process holds the lock, with its process ID
 */
export async function withLock<T>(
	lockFile: string,
	onWait: (ownerPid: number) => void,
	work: () => Promise<T>,
): Promise<T> {
	let lock = await tryLock(lockFile);
	if (typeof lock === 'number') onWait(lock);
	while (typeof lock === 'number') {
		await sleep(POLL_MS);
		lock = await tryLock(lockFile);
	}
	try {
		return await work();
	} finally {
		await lock.release();
	}
}

async function create(lockFile: string): Promise<boolean> {
	try {
		const handle = await open(lockFile, 'wx');
		await handle.writeFile(String(process.pid));
		await handle.close();
		return true;
	} catch (error) {
		if (errorCode(error) === 'EEXIST') return false;
		throw error;
	}
}

async function readOwner(lockFile: string): Promise<{ pid: number; stale: boolean } | null> {
	try {
		const pid = Number(await readFile(lockFile, 'utf8'));
		const ageMs = Date.now() - (await stat(lockFile)).mtimeMs;
		// An empty file was just created by a process that is about to write its ID.
		const gone = pid > 0 && !isAlive(pid);
		return { pid, stale: gone || ageMs > STALE_AFTER_MS };
	} catch (error) {
		if (errorCode(error) === 'ENOENT') return null;
		throw error;
	}
}

/** Moves the file away, which only one of several waiting processes can do. */
async function discard(lockFile: string): Promise<void> {
	const aside = `${lockFile}.${process.pid}`;
	try {
		await rename(lockFile, aside);
		await rm(aside, { force: true });
	} catch (error) {
		if (errorCode(error) !== 'ENOENT') throw error;
	}
}
