import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/** The variable that names the samples folder: absolute, or relative to the repository root. */
const folderVariable = 'WHATSAPP_SAMPLES';

/**
 * Samples written by others are not part of this repository: `requests/` and `webhooks/` with JSON
 * bodies, and Meta's specification in `openapi/`.
 *
 * @param root of the repository
 * @throws Error if the variable names a folder that does not exist
 */
export function samplesFolder(root: string): string {
	const named = process.env[folderVariable] ?? '';
	const folder = resolve(root, named === '' ? '../shared/corpus' : named);
	if (named !== '' && !existsSync(folder)) {
		throw new Error(`${folderVariable} names ${folder}, which is not there.`);
	}
	return folder;
}

/**
 * Adds tests that need samples. Without the samples it adds none and says on standard error what
 * goes unchecked.
 *
 * @param path in the samples folder
 * @param what is checked; becomes the test's name
 */
export function withSamples(path: string, what: string, tests: () => void): void {
	if (existsSync(path)) {
		describe(what, tests);
		return;
	}
	const reason = `${path} is not there, and ${folderVariable} names no other folder of samples.`;
	process.stderr.write(`NOT CHECKED: ${what}. ${reason}\n`);
}
