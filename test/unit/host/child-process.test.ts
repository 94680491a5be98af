import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startChild, type ChildProcess } from '../../../scripts/host/child-process.ts';
import { isAlive } from '../../../scripts/host/process-state.ts';

const projectFolder = resolve(__dirname, '../../..');

describe('a server that a script starts', () => {
	let folder: string;
	let started: ChildProcess[];

	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'child-'));
		started = [];
	});
	afterEach(async () => {
		await Promise.all(started.map(async (child) => await child.stop()));
		await rm(folder, { recursive: true, force: true });
	});

	async function start(script: string, stopGraceMs: number): Promise<ChildProcess> {
		const file = join(folder, 'server.cjs');
		await writeFile(file, script);
		const child = await startChild({
			name: 'The server',
			projectFolder,
			node: process.execPath,
			args: [file],
			cwd: folder,
			env: process.env,
			logFile: join(folder, 'server.log'),
			stopGraceMs,
		});
		started.push(child);
		return child;
	}

	/** The number that a server wrote to its log. */
	async function loggedPid(logFile: string): Promise<number> {
		for (;;) {
			const pid = Number(/pid (\d+)/.exec(await readFile(logFile, 'utf8'))?.[1]);
			if (pid > 0) return pid;
			await sleep(20);
		}
	}

	async function untilGone(pid: number): Promise<void> {
		while (isAlive(pid)) await sleep(20);
	}

	const grandchild = `
		const { spawn } = require('node:child_process');
		const child = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)']);
		console.log('pid ' + child.pid);
		setInterval(() => {}, 1000);
	`;

	test('takes its children with it', async () => {
		const server = await start(grandchild, 5_000);
		const pid = await loggedPid(server.logFile);
		await server.stop();
		await untilGone(pid);
		expect(isAlive(server.pid)).toBe(false);
	});

	test('is killed when it does not end by itself', async () => {
		const server = await start(
			`process.on('SIGTERM', () => {}); console.log('pid ' + process.pid); setInterval(() => {}, 1000);`,
			200,
		);
		await loggedPid(server.logFile);
		await server.stop();
		expect(await server.ended).toBe('ended with SIGKILL');
	});

	test('that ends too early is reported with the end of its log', async () => {
		const server = await start(`console.error('The port is taken'); process.exit(3);`, 200);
		await expect(
			server.waitUntil(async () => await Promise.resolve(false), 60_000),
		).rejects.toThrow(/The server ended with code 3\. Its log .* ends with:\nThe port is taken/);
	});

	test('ends when its starter is killed', async () => {
		await writeFile(
			join(folder, 'server.cjs'),
			`console.log('pid ' + process.pid); setInterval(() => {}, 1000);`,
		);
		const starter = join(folder, 'starter.mjs');
		const logFile = join(folder, 'server.log');
		await writeFile(
			starter,
			`import { startChild } from ${JSON.stringify(join(projectFolder, 'scripts/host/child-process.ts'))};
			await startChild(${JSON.stringify({
				name: 'The server',
				projectFolder,
				node: process.execPath,
				args: [join(folder, 'server.cjs')],
				cwd: folder,
				env: {},
				logFile,
				stopGraceMs: 1_000,
			})});
			console.log('started');
			setInterval(() => {}, 1000);`,
		);
		const script = spawn(process.execPath, [starter], { stdio: ['ignore', 'pipe', 'inherit'] });
		await once(script.stdout, 'data');
		const pid = await loggedPid(logFile);
		script.kill('SIGKILL');
		await untilGone(pid);
	});
});
