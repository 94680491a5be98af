import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { nodeBinary, rootFolder } from '../harness';

export const fixtureEnv = { PACKAGE_ENTRY: 'test/engine/scripts/fixture/index.ts' };

interface Finished {
	code: number | null;
	signal: NodeJS.Signals | null;
	stdout: string;
	stderr: string;
}

/** A process started by the test, with its output. */
export interface Running {
	pid: number;
	kill(signal: NodeJS.Signals): void;
	/** Resolves when the text appears on standard error. */
	wrote(text: string): Promise<void>;
	finished: Promise<Finished>;
}

export function start(
	command: string,
	args: string[],
	options: { env?: NodeJS.ProcessEnv; cwd?: string; stdin?: string } = {},
): Running {
	const child = spawn(command, args, {
		cwd: options.cwd ?? rootFolder,
		env: options.env ?? process.env,
		stdio: ['pipe', 'pipe', 'pipe'],
	});
	let stdout = '';
	let stderr = '';
	child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
	child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
	// A process may end before it has read its input.
	child.stdin.on('error', () => undefined);
	child.stdin.end(options.stdin ?? '');
	return {
		pid: child.pid ?? 0,
		kill: (signal) => void child.kill(signal),
		wrote: (text) =>
			new Promise((resolve) => {
				const look = (): void => {
					if (stderr.includes(text)) resolve();
				};
				child.stderr.on('data', look);
				look();
			}),
		finished: new Promise((resolve, reject) => {
			child.once('error', reject);
			child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
		}),
	};
}

/** Runs one of the scripts with the fixture package. */
export async function runScript(
	script: 'run-node.ts' | 'replay-webhook.ts',
	args: string[],
	options: { stdin?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Finished> {
	const env = { ...process.env, ...fixtureEnv, ...options.env };
	return await start(nodeBinary, [join('scripts', script), ...args], { ...options, env }).finished;
}

/** The only JSON object on standard output; fails if there is anything else. */
export function onlyJson(finished: Finished): Record<string, unknown> {
	expect(finished.stdout).toMatch(/^\{.*\}\n$/s);
	return JSON.parse(finished.stdout) as Record<string, unknown>;
}
