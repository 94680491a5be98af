/**
 * Preloaded (`node --require`) into the processes that the scripts start: when the parent is gone,
 * even by SIGKILL, the pipe on standard input closes and the process shuts down cleanly.
 */
import { Socket } from 'node:net';
import { isMainThread } from 'node:worker_threads';

const FORCE_AFTER_MS = 15_000;

function endWithParent(): void {
	process.stdin.once('close', () => {
		process.kill(process.pid, 'SIGTERM');
		setTimeout(() => {
			// The process leads its own group, so its children end with it.
			process.kill(-process.pid, 'SIGKILL');
		}, FORCE_AFTER_MS).unref();
	});
	process.stdin.resume();
	// Listening must not keep an otherwise idle process alive.
	if (process.stdin instanceof Socket) process.stdin.unref();
}

// Worker threads load this too, and their own standard input ends at once.
if (isMainThread) endWithParent();
