import { open, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode, isAlive } from './process-state.ts';

const HEARTBEAT_MS = 5_000;
/** A lock that nobody has touched for so long belongs to a process that is gone. */
const STALE_AFTER_MS = 60_000;
const POLL_MS = 500;

interface FileLock {
	release(): Promise<void>;
}

/**
 * Takes the lock unless another living process holds it; then the answer is that process's ID.
 * The folder of the file must exist.
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
 * Runs `work` while no other process runs it under the same lock file.
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
		// An empty file was made a moment ago by a process that is about to write its ID.
		const gone = pid > 0 && !isAlive(pid);
		return { pid, stale: gone || ageMs > STALE_AFTER_MS };
	} catch (error) {
		if (errorCode(error) === 'ENOENT') return null;
		throw error;
	}
}

/** Only one of several waiting processes can move the file away. */
async function discard(lockFile: string): Promise<void> {
	const aside = `${lockFile}.${process.pid}`;
	try {
		await rename(lockFile, aside);
		await rm(aside, { force: true });
	} catch (error) {
		if (errorCode(error) !== 'ENOENT') throw error;
	}
}
