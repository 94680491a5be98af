import { fork, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import { temporaryFolder } from './engines';
import type { Report, Task } from './child';

/** A process that works on a store. */
interface Worker {
	/** Lets it start. */
	go(): void;
	/** Kills it. */
	kill(): Promise<void>;
	/** How many it has sent so far. */
	readonly sends: number;
	/** Waits until it has sent that many, or has ended. */
	untilSent(count: number): Promise<void>;
	/** How it went; null if it was killed. */
	end(): Promise<Extract<Report, { event: 'done' }> | null>;
}

/** Starts processes that run `child.ts`, bundled as the package is. */
export function childProcesses(): (
	task: Task,
	options?: { execArgv?: string[]; shell?: string },
) => Promise<Worker> {
	const folder = temporaryFolder();
	let bundle = '';
	beforeAll(() => {
		bundle = join(folder(), 'child.cjs');
		const root = join(__dirname, '../../..');
		const built = spawnSync(
			join(root, 'node_modules/.bin/esbuild'),
			[
				join(__dirname, 'child.ts'),
				'--bundle',
				'--platform=node',
				'--format=cjs',
				`--outfile=${bundle}`,
			],
			{ cwd: root, encoding: 'utf8' },
		);
		if (built.status !== 0) throw new Error(`The bundle failed: ${built.stderr}`);
	}, 60_000);

	return async (task, { execArgv = [], shell } = {}) => {
		const child =
			shell === undefined
				? fork(bundle, [JSON.stringify(task)], { execArgv })
				: fork('-c', [`${shell}; exec "$0" "$@"`, process.execPath, bundle, JSON.stringify(task)], {
						execPath: '/bin/sh',
						execArgv: [],
					});
		return await started(child);
	};
}

async function started(child: ChildProcess): Promise<Worker> {
	let sends = 0;
	let done: Extract<Report, { event: 'done' }> | null = null;
	let listeners: (() => void)[] = [];
	let hasEnded = false;
	const tell = (): void => {
		const called = listeners;
		listeners = [];
		for (const listener of called) listener();
	};
	const ready = new Promise<void>((resolve) => {
		child.on('message', (report: Report) => {
			if (report.event === 'ready') resolve();
			if (report.event === 'sent') sends++;
			if (report.event === 'done') done = report;
			tell();
		});
	});
	const ended = once(child, 'close').then(() => {
		hasEnded = true;
		tell();
	});
	await Promise.race([ready, ended]);
	return {
		go: () => void child.send('go'),
		get sends() {
			return sends;
		},
		async untilSent(count) {
			while (sends < count && !hasEnded) {
				await new Promise<void>((resolve) => listeners.push(resolve));
			}
		},
		async kill() {
			child.kill('SIGKILL');
			await ended;
		},
		async end() {
			await ended;
			return done;
		},
	};
}
