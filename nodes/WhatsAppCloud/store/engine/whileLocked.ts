import { setTimeout as sleep } from 'node:timers/promises';

import { isLocked, toSqliteProblem } from './sqlite/sqliteProblem';

/**
 * Retries while another process has the file locked, without blocking this one.
 *
 * @throws StateProblem for errors from SQLite or the file system
 */
export async function whileLocked<Result>(
	path: string,
	timeoutMs: number,
	attempt: () => Result,
): Promise<Result> {
	const deadline = performance.now() + timeoutMs;
	for (;;) {
		try {
			return attempt();
		} catch (error) {
			if (!isLocked(error) || performance.now() >= deadline) throw toSqliteProblem(error, path);
			await sleep(1 + Math.random() * 10);
		}
	}
}
