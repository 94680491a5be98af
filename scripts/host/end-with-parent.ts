/**
 * Preloaded (`node --require`) into the processes that the scripts start: when the starter is gone,
 * even by SIGKILL, the pipe on standard input closes and the process ends in good order.
 */
import { Socket } from 'node:net';
import { isMainThread } from 'node:worker_threads';

const FORCE_AFTER_MS = 15_000;

function endWithParent(): void {
	process.stdin.once('close', () => {
		process.kill(process.pid, 'SIGTERM');
		setTimeout(() => {
			// The process leads its own group, so that its children go with it.
			process.kill(-process.pid, 'SIGKILL');
		}, FORCE_AFTER_MS).unref();
	});
	process.stdin.resume();
	// Listening must not keep a process alive that has nothing else to do.
	if (process.stdin instanceof Socket) process.stdin.unref();
}

// A worker thread loads this too, and its own standard input ends at once.
if (isMainThread) endWithParent();
