/** Whether a process with this ID is running. */
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
	// Not instanceof: tests run in a realm of their own, unlike Node's errors.
	const isCoded = typeof error === 'object' && error !== null && 'code' in error;
	return isCoded && typeof error.code === 'string' ? error.code : undefined;
}
