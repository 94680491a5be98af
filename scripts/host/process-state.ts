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
	// Not by instanceof: a test runs in a realm of its own, and Node's errors are from outside.
	const isCoded = typeof error === 'object' && error !== null && 'code' in error;
	return isCoded && typeof error.code === 'string' ? error.code : undefined;
}
