/** The end of the process: what must be stopped first, and the signals that ask for it. */
import { constants } from 'node:os';

/** What takes longer than this is not waited for. */
const MAX_CLEANUP_MS = 3_000;

const cleanups: (() => Promise<void>)[] = [];

/** Runs before the process ends. Threads that n8n started crash it when it ends below them. */
export function beforeExit(cleanup: () => Promise<void>): void {
	cleanups.push(cleanup);
}

/** Stops what was started and ends the process, whatever connections are still open. */
export async function exit(code: number): Promise<never> {
	const stopped = Promise.allSettled(cleanups.splice(0).map(async (cleanup) => await cleanup()));
	const timeout = new Promise((resolve) => setTimeout(resolve, MAX_CLEANUP_MS));
	await Promise.race([stopped, timeout]);
	process.exit(code);
}

/** Ends the process in order when it is asked to, with the exit code that shells expect. */
export function exitOnSignals(): void {
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		process.once(signal, () => void exit(128 + constants.signals[signal]));
	}
}
