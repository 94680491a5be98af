import { spawn } from 'node:child_process';

const KEPT_OUTPUT_CHARS = 8_000;

/** A command that could not be started, or exited with a code other than 0. */
export class CommandError extends Error {
	override readonly name = 'CommandError';
	/** The end of the command's output. */
	readonly output: string;

	constructor(message: string, output: string) {
		super(message);
		this.output = output;
	}
}

/** The environment without the variables of an outer `npm run`; npm's settings stay. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
	const environment: NodeJS.ProcessEnv = {};
	for (const [name, value] of Object.entries(process.env)) {
		if (/^npm_(package|lifecycle|command|config_local_prefix)/i.test(name)) continue;
		environment[name] = value;
	}
	return environment;
}

/**
 * Runs a command to its end and returns its output from both streams.
 *
 * @throws CommandError
 */
export async function runCommand(
	command: string,
	args: readonly string[],
	options: { cwd: string; env?: NodeJS.ProcessEnv; onStart?: (pid: number) => void },
): Promise<string> {
	return await new Promise((resolve, reject) => {
		const child = spawn(command, args, {
			cwd: options.cwd,
			env: options.env ?? cleanEnvironment(),
			stdio: ['ignore', 'pipe', 'pipe'],
			// A group of its own, so that the command's children end with it.
			detached: true,
		});
		const endWithScript = () => {
			try {
				if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
			} catch {
				// It has just ended on its own.
			}
		};
		process.once('exit', endWithScript);
		if (child.pid !== undefined) options.onStart?.(child.pid);
		let output = '';
		const keep = (chunk: string) => {
			output = (output + chunk).slice(-KEPT_OUTPUT_CHARS);
		};
		child.stdout.setEncoding('utf8').on('data', keep);
		child.stderr.setEncoding('utf8').on('data', keep);
		const line = [command, ...args].join(' ');
		child.on('error', (error) => {
			process.off('exit', endWithScript);
			reject(new CommandError(`Cannot start "${line}": ${error.message}`, output));
		});
		child.on('close', (code, signal) => {
			process.off('exit', endWithScript);
			if (code === 0) resolve(output);
			else
				reject(new CommandError(`"${line}" ended with ${signal ?? `code ${code ?? '?'}`}`, output));
		});
	});
}
