/** Ending the process: what must be stopped first, and the signals that request it. */
import { constants } from 'node:os';

/** Clean-up that takes longer is abandoned. */
const MAX_CLEANUP_MS = 3_000;

const cleanups: (() => Promise<void>)[] = [];

/** Runs before the process ends, which would crash with n8n's threads still running. */
export function beforeExit(cleanup: () => Promise<void>): void {
	cleanups.push(cleanup);
}

/** Stops what was started and ends the process, even with connections still open. */
export async function exit(code: number): Promise<never> {
	const stopped = Promise.allSettled(cleanups.splice(0).map(async (cleanup) => await cleanup()));
	const timeout = new Promise((resolve) => setTimeout(resolve, MAX_CLEANUP_MS));
	await Promise.race([stopped, timeout]);
	process.exit(code);
}

/** Ends the process cleanly on a signal, with the exit code that shells expect. */
export function exitOnSignals(): void {
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		process.once(signal, () => void exit(128 + constants.signals[signal]));
	}
}
