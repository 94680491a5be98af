import { open, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const HEARTBEAT_MS = 5_000;
/** A lock that nobody has touched for so long belongs to a process that is gone. */
const STALE_AFTER_MS = 60_000;
const POLL_MS = 500;

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
	let announced = false;
	while (!(await tryAcquire(lockFile))) {
		const owner = await readOwner(lockFile);
		if (owner === null) continue;
		if (owner.stale) {
			await discard(lockFile);
			continue;
		}
		if (!announced) onWait(owner.pid);
		announced = true;
		await sleep(POLL_MS);
	}
	const heartbeat = setInterval(() => {
		const now = new Date();
		void utimes(lockFile, now, now).catch(() => undefined);
	}, HEARTBEAT_MS);
	try {
		return await work();
	} finally {
		clearInterval(heartbeat);
		await rm(lockFile, { force: true });
	}
}

async function tryAcquire(lockFile: string): Promise<boolean> {
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

/** Whether a process with this ID runs. */
export function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return errorCode(error) === 'EPERM';
	}
}

/** Node's code of a system error, such as `ENOENT`. */
export function errorCode(error: unknown): string | undefined {
	return error instanceof Error && 'code' in error && typeof error.code === 'string'
		? error.code
		: undefined;
}
