import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { join } from 'node:path';

export const rootFolder = join(__dirname, '..');
/** The repository's own Node.js, whatever runs the tests. */
export const nodeBinary = join(rootFolder, 'node_modules', '.bin', 'node');

const READY = /listening on (http:\/\/\S+)/;

/** A simulator on a free port. */
export interface SimulatorProcess {
	/** e.g. `http://127.0.0.1:43210`; also the Graph base URL. */
	url: string;
	pid: number;
	/** Everything it has written to standard output and standard error. */
	output(): string;
	/** @returns its exit code; null if the signal has ended it */
	stop(signal?: NodeJS.Signals): Promise<number | null>;
	/** Lets the process that has started this one end; this one then ends, too. */
	unref(): void;
	hasEnded(): boolean;
}

/**
 * Starts `simulator/main.ts` with these arguments and waits until it listens.
 *
 * @throws Error with its output if it ends before that
 */
export async function startSimulatorProcess(args: readonly string[]): Promise<SimulatorProcess> {
	const child = fork('simulator/main.ts', ['--port', '0', ...args], {
		cwd: rootFolder,
		execPath: nodeBinary,
		execArgv: ['--import', './test/endWithParent.mjs'],
		// A child does not inherit Jest's copy of the environment by itself.
		env: { ...process.env },
		stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
	});
	let output = '';
	const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
	const url = await new Promise<string>((resolve, reject) => {
		for (const stream of [child.stdout, child.stderr]) {
			stream?.on('data', (chunk: Buffer) => {
				output += chunk.toString();
				const address = READY.exec(output)?.[1];
				if (address !== undefined) resolve(address);
			});
		}
		child.once('exit', (code) => {
			reject(new Error(`The simulator ended with ${String(code)}:\n${output}`));
		});
	});
	return {
		url,
		pid: child.pid ?? 0,
		output: () => output,
		async stop(signal = 'SIGTERM') {
			if (!hasEnded()) {
				const exited = once(child, 'exit');
				child.kill(signal);
				await exited;
			}
			return child.exitCode;
		},
		unref() {
			child.unref();
			child.channel?.unref();
			for (const stream of [child.stdout, child.stderr]) (stream as Socket | null)?.unref();
		},
		hasEnded,
	};
}
