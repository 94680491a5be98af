import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { freePort } from '../scripts/host/free-port.ts';

/** A Redis server of the test's own, which keeps nothing on disk. */
export interface RedisServer {
	port: number;
	stop(): Promise<void>;
}

/** @throws Error if Redis is not installed or does not start */
export async function startRedis(): Promise<RedisServer> {
	const port = await freePort();
	const settings = [
		'--port',
		String(port),
		'--bind',
		'127.0.0.1',
		'--save',
		'',
		'--appendonly',
		'no',
	];
	const server = spawn('redis-server', settings, { stdio: ['ignore', 'pipe', 'inherit'] });
	const failed = Promise.race([once(server, 'error'), once(server, 'exit')]).then(([why]) => {
		throw new Error(`The tests need Redis: apt-get install redis-server (${String(why)})`);
	});
	const ready = new Promise<void>((resolve) => {
		createInterface({ input: server.stdout }).on('line', (line) => {
			if (line.includes('Ready to accept connections')) resolve();
		});
	});
	await Promise.race([ready, failed]);
	failed.catch(() => undefined);
	return {
		port,
		async stop() {
			if (server.exitCode !== null || server.signalCode !== null) return;
			const ended = once(server, 'exit');
			server.kill('SIGTERM');
			await ended;
		},
	};
}
