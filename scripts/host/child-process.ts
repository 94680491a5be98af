import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode } from './process-state.ts';

const POLL_MS = 200;
const TAIL_CHARS = 4_000;

interface ChildOptions {
	/** Name for messages, e.g. `n8n`. */
	name: string;
	projectFolder: string;
	node: string;
	/** Script and arguments. */
	args: readonly string[];
	cwd: string;
	env: NodeJS.ProcessEnv;
	/** Receives both output streams; an existing file is replaced. */
	logFile: string;
	/** How long the process may take to stop before it is killed. */
	stopGraceMs: number;
}

/** A server that runs alongside the script until it is stopped. */
export interface ChildProcess {
	readonly pid: number;
	readonly logFile: string;
	/** The last lines of its log. */
	logTail(): Promise<string>;
	/** Resolves when the process has ended, for whatever reason. */
	readonly ended: Promise<string>;
	/**
	 * Polls until the check returns true.
	 *
	 * @throws Error with the tail of the log if the process ends first, or on timeout
	 */
	waitUntil(isReady: () => Promise<boolean>, timeoutMs: number): Promise<void>;
	/** Stops the process and its children. Safe to call twice. */
	stop(): Promise<void>;
}

/**
 * Starts a Node.js server in a process group of its own: Ctrl-C only reaches the script, which then
 * stops its servers in order, and no child of a server outlives it.
 */
export async function startChild(options: ChildOptions): Promise<ChildProcess> {
	await mkdir(dirname(options.logFile), { recursive: true });
	const log = openSync(options.logFile, 'w');
	const guard = join(options.projectFolder, 'scripts', 'host', 'end-with-parent.ts');
	const child = spawn(options.node, ['--require', guard, ...options.args], {
		cwd: options.cwd,
		env: options.env,
		stdio: ['pipe', log, log],
		detached: true,
	});
	closeSync(log);
	let hasEnded = false;
	const ended = new Promise<string>((resolve) => {
		child.on('error', (error) => resolve(`could not be started: ${error.message}`));
		child.on('exit', (code, signal) => resolve(`ended with ${signal ?? `code ${code ?? '?'}`}`));
	});
	void ended.then(() => {
		hasEnded = true;
	});
	if (child.pid === undefined) throw new Error(`${options.name} ${await ended}.`);
	const pid = child.pid;

	const logTail = async () => {
		const text = await readFile(options.logFile, 'utf8').catch(() => '');
		return text.slice(-TAIL_CHARS).trim();
	};
	const failure = async (what: string) =>
		new Error(
			`${options.name} ${what}. Its log (${options.logFile}) ends with:\n${await logTail()}`,
		);

	return {
		pid,
		logFile: options.logFile,
		logTail,
		ended,
		async waitUntil(isReady, timeoutMs) {
			const deadline = Date.now() + timeoutMs;
			while (!(await isReady().catch(() => false))) {
				if (hasEnded) throw await failure(await ended);
				if (Date.now() > deadline)
					throw await failure(`was not ready within ${timeoutMs / 1_000} s`);
				await sleep(POLL_MS);
			}
		},
		async stop() {
			if (!hasEnded) {
				child.kill('SIGTERM');
				await Promise.race([ended, sleep(options.stopGraceMs, undefined, { ref: false })]);
			}
			killGroup(pid);
			await ended;
		},
	};
}

function killGroup(leaderPid: number): void {
	try {
		process.kill(-leaderPid, 'SIGKILL');
	} catch (error) {
		// The group is empty.
		if (errorCode(error) !== 'ESRCH') throw error;
	}
}
