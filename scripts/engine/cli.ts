/** What both scripts share: one JSON object on standard output and nothing else. */
import { readFile } from 'node:fs/promises';
import { resolveUserPath } from './environment.ts';
import { exit } from './exit.ts';
import { reportError } from './report-error.ts';
import { RequestError } from './request-error.ts';
import type { ErrorReport } from './result.ts';

type Write = typeof process.stdout.write;

/** Redirects to standard error whatever else writes to standard output: n8n, a node, a library. */
function claimStdout(): Write {
	const write: Write = process.stdout.write.bind(process.stdout);
	const writeElsewhere: Write = process.stderr.write.bind(process.stderr);
	process.stdout.write = writeElsewhere;
	return write;
}

/** Content of a file, or of standard input for `-`. @throws RequestError if it cannot be read */
export async function readInput(file: string): Promise<Buffer> {
	if (file === '-') {
		const chunks: Buffer[] = [];
		for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk as Uint8Array));
		return Buffer.concat(chunks);
	}
	try {
		return await readFile(resolveUserPath(file));
	} catch {
		throw new RequestError(`The file "${file}" cannot be read.`);
	}
}

/**
 * Runs a script, prints its result and then ends the process, which connections that a node keeps
 * alive would otherwise prevent.
 */
export async function runScript<T extends { error?: ErrorReport }>(
	script: () => Promise<T>,
	failed: (result: T) => boolean,
): Promise<void> {
	const write = claimStdout();
	const finish = (result: object, exitCode: number): void => {
		write(`${JSON.stringify(result)}\n`, () => void exit(exitCode));
	};
	process.on('uncaughtException', (error) => finish({ error: reportError(error) }, 1));
	// The reader is gone; there is nobody to report to.
	process.stdout.on('error', () => void exit(1));
	try {
		const result = await script();
		finish(result, failed(result) ? 1 : 0);
	} catch (error) {
		finish({ error: reportError(error) }, 1);
	}
}
